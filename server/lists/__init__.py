"""Lists of people by name: the uninsured, and those who will be."""
