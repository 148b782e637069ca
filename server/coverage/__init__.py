"""Coverage: counts per village against targets, as of any day."""
