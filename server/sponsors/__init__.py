"""Sponsors: who pays for other people's cards, with what money, and for whom."""
