"""The room's blueprint."""

from flask import Blueprint

blueprint = Blueprint("lists", __name__, template_folder="templates")
