"""The backup room: copies of the whole database that are proven whole, and the way back."""
