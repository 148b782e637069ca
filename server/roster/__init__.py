"""Imports: areas, targets, published figures, schools, and the households a commune knows."""
