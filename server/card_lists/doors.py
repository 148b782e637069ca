"""The room's blueprint, and who passes: lists that go to the insurance are the commune office's."""

from flask import Blueprint

from schemas.kinds import Role

OFFICE = (Role.OFFICER, Role.ADMIN)

blueprint = Blueprint("card_lists", __name__, template_folder="templates")
