"""The sync room: one round trip between a phone and the server."""
