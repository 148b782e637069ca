"""Words: what crosses the wire, and the kinds. Imports nothing of ours."""
