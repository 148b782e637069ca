"""Rules: pure, the same answer for the same question. Time, ids and rows are passed in."""
