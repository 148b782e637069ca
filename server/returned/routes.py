"""The doors of the room, gathered where the factory looks for them."""

from server.returned import list_routes, row_routes
from server.returned.doors import blueprint

__all__ = ["blueprint", "list_routes", "row_routes"]
