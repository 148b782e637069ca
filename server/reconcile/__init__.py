"""Lists of the insurance and of schools against what was surveyed."""
