"""The room's blueprint, and what every desk page of every room may use in its template."""

from flask import Blueprint

from server.desk import shell

blueprint = Blueprint("desk", __name__, template_folder="templates")

for name, filter_ in shell.FILTERS.items():
    blueprint.add_app_template_filter(filter_, name)
for name, global_ in shell.GLOBALS.items():
    blueprint.add_app_template_global(global_, name)
