"""The farm room: households ask to be recognised, the commune checks, posts and decides."""
