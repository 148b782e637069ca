"""The doors of the room, gathered where the factory looks for them."""

from server.enrolment import book_routes, cash_routes, list_routes
from server.enrolment.doors import blueprint

__all__ = ["blueprint", "book_routes", "cash_routes", "list_routes"]
