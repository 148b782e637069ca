"""The doors of the room, gathered where the factory looks for them."""

from server.accounts import api_routes, device_routes, sign_in_routes, user_routes
from server.accounts.doors import api, blueprint

__all__ = ["api", "api_routes", "blueprint", "device_routes", "sign_in_routes", "user_routes"]
