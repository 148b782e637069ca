"""Lists of people for cards: what is pure about them."""
