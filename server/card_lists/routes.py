"""The doors of the room, gathered where the factory looks for them."""

from server.card_lists import list_routes, making_routes, papers_routes, step_routes
from server.card_lists.doors import blueprint

__all__ = ["blueprint", "list_routes", "making_routes", "papers_routes", "step_routes"]
