"""The room's two blueprints: `blueprint` for people at the desk, `api` for phones and programs."""

from flask import Blueprint

blueprint = Blueprint("review", __name__, template_folder="templates")
api = Blueprint("review_api", __name__)
