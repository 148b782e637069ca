"""What the steering committee asks: who is missing, of which kind, and what is done next."""
