"""Coverage over time: who counts from which day to which, how fast it moves, when it arrives."""
