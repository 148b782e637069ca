"""Lists of people for cards: made, checked, submitted, approved and sealed by the commune."""
