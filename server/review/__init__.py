"""The review room: people settle what machines may not."""
