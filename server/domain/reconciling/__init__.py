"""Whether a row of somebody else's list is a person who was surveyed, and what follows from it."""
