"""The doors of the room, gathered where the factory looks for them."""

from server.leads import file_routes, list_routes, survey_routes, tally_routes
from server.leads.doors import blueprint

__all__ = ["blueprint", "file_routes", "list_routes", "survey_routes", "tally_routes"]
