"""The desk: the start page of to-dos, households and people, what waits, and the areas."""
