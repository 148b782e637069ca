"""The doors of the room, gathered where the factory looks for them."""

from server.review import (
    api_routes,
    duplicates_routes,
    item_routes,
    move_routes,
    note_routes,
    queue_routes,
    recent_routes,
    return_routes,
    wrong_village_routes,
)
from server.review.doors import api, blueprint

__all__ = [
    "api",
    "api_routes",
    "blueprint",
    "duplicates_routes",
    "item_routes",
    "move_routes",
    "note_routes",
    "queue_routes",
    "recent_routes",
    "return_routes",
    "wrong_village_routes",
]
