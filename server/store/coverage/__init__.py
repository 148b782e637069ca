"""Coverage as every page, paper and API tells it: the ground, its counts on a day, its plan."""
