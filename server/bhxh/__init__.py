"""The insurance's own room: its desk, the doors for its software, and where every person stands."""
