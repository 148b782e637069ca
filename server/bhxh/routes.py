"""The doors of the room, gathered where the factory looks for them."""

from server.bhxh import api_routes
from server.bhxh.doors import api, blueprint

__all__ = ["api", "api_routes", "blueprint"]
