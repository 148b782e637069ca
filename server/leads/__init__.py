"""Voluntary social insurance: whom the commune asks somebody to talk to, and what came of it."""
