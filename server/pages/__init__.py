"""What the pages of every room share: what one may look at, and how values are written."""
