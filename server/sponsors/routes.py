"""The doors of the room, gathered where the factory looks for them."""

from server.sponsors import giving_routes, hardship_routes, sponsor_routes, thanks_routes
from server.sponsors.doors import blueprint

__all__ = ["blueprint", "giving_routes", "hardship_routes", "sponsor_routes", "thanks_routes"]
