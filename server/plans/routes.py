"""The doors of the room, gathered where the factory looks for them."""

from server.plans import duty_routes, plan_routes
from server.plans.doors import blueprint

__all__ = ["blueprint", "duty_routes", "plan_routes"]
