"""Speed, measured beside its floor in the same run. `make bench` prints one table."""
