"""What the insurance's software reads: heads of sealed lists, and rows page by page."""

from typing import Any

import orjson

from server.store.afterwards import write_afterwards
from server.store.audit import note_act
from server.store.bhxh_keys import KeyHolder
from server.store.card_list_reading import (
    heads_of,
    note_pull,
    pull_is_news,
    rows_after,
    sealed_after,
    sealed_list,
    totals,
)
from server.store.card_lists import CardList


def lists(holder: KeyHolder, after: int, limit: int) -> dict[str, Any]:
    """Lists sealed for the unit after a place in its order."""
    found, more = sealed_after(holder.unit_id, after, limit)
    last = found[-1].rev if found else after
    return {"lists": heads_of(found), "next": last, "more": more}


def rows(holder: KeyHolder, number: str, after: int, limit: int) -> bytes:
    """One page of a list's rows. They go out as the very text that was sealed and counted."""
    found = sealed_list(holder.unit_id, number)
    page = rows_after(found.id, after, limit)
    _note(holder, found, whole=not page.more)
    told = {
        "number": found.number,
        "count": len(page.texts),
        "digest": page.digest,
        "next": page.next,
        "more": page.more,
        "row_count": found.row_count,
        "list_digest": found.digest,
        "totals": totals(found),
    }
    return orjson.dumps(told)[:-1] + b',"rows":[' + ",".join(page.texts).encode() + b"]}"


def _note(holder: KeyHolder, found: CardList, whole: bool) -> None:
    """People went out by name: the log says so once when it begins and once when all have gone."""
    if not pull_is_news(found.id, whole):
        return
    id_, commune, count = found.id, found.commune_id, found.row_count

    def write() -> None:
        if not note_pull(id_, whole):
            return
        note_act(
            "bhxh_pull",
            by=None,
            subject=id_,
            area=commune,
            count=count,
            of="card_list",
            key=holder.key_id,
            whole=whole,
        )

    write_afterwards(("pull", id_), write)
