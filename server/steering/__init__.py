"""The room of the steering committee: who is missing, who must all have a card."""
