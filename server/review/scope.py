"""Whose queue a page shows, and what of it is asked for."""

from urllib.parse import urlencode

from flask import g, request
from flask_login import current_user
from sqlalchemy import Subquery

from schemas.kinds import Role, WaitingState
from server.domain.reviewing import ReviewKind
from server.errors import Problem
from server.pages.scope import own_villages
from server.store.review.queue import (
    NO_VILLAGE,
    Asked,
    Item,
    Overseer,
    item_after,
    place_of,
    queue_of,
)

REVIEWERS = (Role.OFFICER, Role.ADMIN)
PAGES = {
    ReviewKind.DUPLICATE.value: "/review/duplicates",
    ReviewKind.NOTE.value: "/review/notes",
    ReviewKind.WRONG_VILLAGE.value: "/review/wrong-village",
}
ITEM_PAGE = "/review/items"


def overseer() -> Overseer:
    return Overseer(current_user, own_villages())


def queue(state: WaitingState = WaitingState.OPEN) -> Subquery:
    """What the person at the desk may decide, asked once a request."""
    if "review_queues" not in g:
        g.review_queues = {}
    if state not in g.review_queues:
        g.review_queues[state] = queue_of(overseer(), state)
    found: Subquery = g.review_queues[state]
    return found


def asked() -> Asked:
    """The filter that came with the page or with a form, checked."""
    kind, village = _typed("kind"), _typed("village")
    if kind and kind not in set(ReviewKind):
        raise Problem("malformed", {"kind": "not_in_list"})
    if village and village != NO_VILLAGE and village not in own_villages():
        raise Problem("not_allowed")
    return Asked(kind, village)


def query_of(which: Asked) -> str:
    """The filter as it goes on from page to page, with its question mark; empty for all."""
    both = (("kind", which.kind), ("village", which.village))
    said = {name: value for name, value in both if value}
    return f"?{urlencode(said)}" if said else ""


def page_of(item: Item, which: Asked) -> str:
    """Where one thing that waits is decided; the filter goes along."""
    return f"{PAGES.get(item.kind, ITEM_PAGE)}/{item.id}{query_of(which)}"


def path_after(item_id: str, which: Asked) -> str:
    """Where to go on once this is decided: the next of the same filter, or the list when none is
    left. To be asked before the decision, while the item still has its place."""
    here = place_of(queue(), item_id)
    following = item_after(queue(), which, here)
    if following is None or following.id == item_id:
        return f"/review{query_of(which)}"
    return page_of(following, which)


def _typed(name: str) -> str:
    return request.values.get(name, "").replace("\x00", "").strip()[:200]
