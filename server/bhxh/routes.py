"""The doors of the room, gathered where the factory looks for them."""

from server.bhxh import (
    answer_routes,
    api_routes,
    desk_routes,
    forms_routes,
    key_routes,
    tracking_routes,
)
from server.bhxh.doors import api, blueprint

__all__ = [
    "answer_routes",
    "api",
    "api_routes",
    "blueprint",
    "desk_routes",
    "forms_routes",
    "key_routes",
    "tracking_routes",
]
