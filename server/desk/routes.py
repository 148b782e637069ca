"""The doors of the room, gathered where the factory looks for them."""

from server.desk import (
    act_routes,
    area_routes,
    law_routes,
    people_routes,
    start_routes,
    talking_routes,
    why_routes,
)
from server.desk.doors import blueprint

__all__ = [
    "act_routes",
    "area_routes",
    "blueprint",
    "law_routes",
    "people_routes",
    "start_routes",
    "talking_routes",
    "why_routes",
]
