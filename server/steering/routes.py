"""The doors of the room, gathered where the factory looks for them."""

from server.steering import changed_routes
from server.steering.doors import blueprint

__all__ = ["blueprint", "changed_routes"]
