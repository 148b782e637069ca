"""The room's two blueprints: `blueprint` for people at the desk, `api` for phones and programs."""

from flask import Blueprint

from server.review.undo import undo_offered

blueprint = Blueprint("review", __name__, template_folder="templates")
api = Blueprint("review_api", __name__)

blueprint.add_app_template_global(undo_offered, "undo_offered")
