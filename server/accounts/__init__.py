"""The room of people who sign in: users, their areas, their passwords and their phones."""
