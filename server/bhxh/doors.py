"""The room's two blueprints: pages at the desk, `api` for the insurance's own software."""

from flask import Blueprint

from schemas.kinds import Role

UNIT = (Role.BHXH,)
KEEPERS = (Role.BHXH, Role.ADMIN)
"""Who makes and ends the keys of a unit."""
FOLLOWERS = (Role.OFFICER, Role.BHXH, Role.ADMIN)
"""Who follows people from survey to card."""

blueprint = Blueprint("bhxh", __name__, template_folder="templates")
api = Blueprint("bhxh_api", __name__)
