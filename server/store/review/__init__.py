"""What people decide about what machines may not, and how it is taken back."""
