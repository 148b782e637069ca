"""Voluntary social insurance: whom to talk to, in which order, and what is due."""
