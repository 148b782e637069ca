"""The room's two blueprints: pages for people at the desk, `api` for phones."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__, template_folder="templates")
api = Blueprint("accounts_api", __name__)
