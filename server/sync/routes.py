"""The doors of the sync room."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from schemas import api as operations
from schemas.sync import DECODED_LIMIT
from server.errors import Problem
from server.http import Call, door, page
from server.store.managing import MANAGERS
from server.sync import service
from server.sync.carried import carried_lately, trouble_words, unreadable_lines
from server.sync.sealed import Carrier, TakenIn, take_in

api = Blueprint("sync", __name__)
blueprint = Blueprint("sealed", __name__, template_folder="templates")


@door(api, operations.SYNC, raw=True, own_transactions=True)
def sync(call: Call) -> Any:
    return service.round_trip(call.device, call.body)


@door(api, operations.TAKE_SEALED, raw=True)
def take_sealed(call: Call) -> Any:
    """A phone brings a file of another one. A stolen phone brings nothing."""
    caller = call.device
    if caller.stolen:
        raise Problem("not_allowed")
    return take_in(call.body, Carrier(caller.user_id, caller, caller.device_id)).on_the_wire()


@page(blueprint, "/sealed", roles=MANAGERS)
def sealed() -> Any:
    return _shown()


@page(blueprint, "/sealed", roles=MANAGERS, methods=("POST",))
def sealed_taken() -> Any:
    file = request.files.get("file")
    if file is None or not file.filename:
        return _shown(trouble=_("Hãy chọn tệp trước.")), 400
    data = file.read(DECODED_LIMIT + 1)
    try:
        taken = take_in(data, Carrier(current_user.id, current_user))
    except Problem as problem:
        return _shown(trouble=trouble_words(problem)), problem.kind.status
    return _shown(taken=taken)


def _shown(taken: TakenIn | None = None, trouble: str = "") -> str:
    return render_template(
        "sync/sealed.html",
        taken=taken,
        unreadable=unreadable_lines(taken) if taken else [],
        trouble=trouble,
        carried=carried_lately(current_user),
    )
