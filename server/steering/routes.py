"""The doors of the room, gathered where the factory looks for them."""

from server.steering import board_routes, changed_routes, heads_routes, recount_routes
from server.steering.doors import blueprint

__all__ = ["blueprint", "board_routes", "changed_routes", "heads_routes", "recount_routes"]
