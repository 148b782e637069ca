"""The doors of the room, gathered where the factory looks for them."""

from server.reconcile import list_routes, pair_routes, tab_routes
from server.reconcile.doors import blueprint

__all__ = ["blueprint", "list_routes", "pair_routes", "tab_routes"]
