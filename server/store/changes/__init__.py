"""The one way into a record: changes are judged slice by slice, in memory, and written in bulk."""
