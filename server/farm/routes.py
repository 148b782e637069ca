"""The doors of the room, gathered where the factory looks for them."""

from server.farm import (
    board_routes,
    campaign_routes,
    papers_routes,
    register_routes,
    request_routes,
)
from server.farm.doors import blueprint

__all__ = [
    "blueprint",
    "board_routes",
    "campaign_routes",
    "papers_routes",
    "register_routes",
    "request_routes",
]
