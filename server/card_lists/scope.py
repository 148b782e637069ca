"""Which lists somebody may see and work on: those of their own communes, with the lists room."""

from flask_login import current_user

from server.errors import Problem
from server.pages.scope import own_communes, own_villages
from server.store.card_list_sealing import locked_list
from server.store.card_lists import CardList
from server.store.db import db
from server.store.places import Area
from server.store.scope import may_take_lists


def communes() -> dict[str, Area]:
    """The communes whose lists one keeps, by id. Problem: not allowed without the lists room."""
    if not may_take_lists(current_user):
        raise Problem("not_allowed")
    return {area.id: area for area in own_communes()}


def commune_asked(asked: str) -> Area:
    """The commune asked for, or the only one, or the first by name."""
    own = communes()
    if not own or (asked and asked not in own):
        raise Problem("not_allowed")
    return own[asked] if asked else next(iter(own.values()))


def villages_in(commune_id: str) -> dict[str, str]:
    """One's villages of a commune: their names by id, in the order of names."""
    return {id_: one.name for id_, one in own_villages().items() if one.parent_id == commune_id}


def list_in_scope(list_id: str, *, lock: bool = False) -> CardList:
    """The list; not found, or not allowed when it is another commune's. `lock`: held until the
    transaction ends, for who will write."""
    own = communes()
    found = locked_list(list_id) if lock else db.session.get(CardList, list_id)
    if found is None:
        raise Problem("not_found")
    if found.commune_id not in own:
        raise Problem("not_allowed")
    return found
