"""The room's blueprint."""

from flask import Blueprint

blueprint = Blueprint("farm", __name__, template_folder="templates")
