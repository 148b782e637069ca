"""The insurance says that it has a list: believed when what it counted is what was sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from schemas.kinds import ListingState
from server.errors import Problem
from server.store.audit import note_act
from server.store.bhxh import CardListReceipt
from server.store.card_list_reading import lock_list, note_pull, totals
from server.store.card_list_telling import tell_of_list
from server.store.card_lists import CardList
from server.store.db import db
from server.store.devices import utc


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks for the insurance: its software by a key, or its officer at the desk."""

    name: str
    key_id: str | None = None
    user_id: str | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What the insurance counted of the rows it received."""

    count: int
    digest: str
    totals: Mapping[str, int] | None = None


def acknowledge(list_: CardList, counted: Counted, by: Speaker) -> datetime:
    """Take the receipt of a list; the moment of the first one. A wrong count, digest or total is
    refused (`receipt_differs`, with both sides) and the refusal kept in the log."""
    lock_list(list_.id)
    differences = _differences(list_, counted)
    who = {"key": by.key_id} if by.key_id else {}
    if differences:
        note_act(
            "bhxh_receipt_refused",
            by=by.user_id,
            subject=list_.id,
            area=list_.commune_id,
            count=counted.count,
            of="card_list",
            differs=sorted(differences),
            **who,
        )
        raise Problem("receipt_differs", differences, keep=True)
    receipt = db.session.get(CardListReceipt, list_.id)
    if receipt is None:
        receipt = CardListReceipt(list_id=list_.id, key_id=by.key_id, user_id=by.user_id)
        db.session.add(receipt)
        db.session.flush()
        note_pull(list_.id, whole=True)
        tell_of_list(list_, ListingState.RECEIVED, by.user_id)
        note_act(
            "bhxh_receipt",
            by=by.user_id,
            subject=list_.id,
            area=list_.commune_id,
            count=counted.count,
            of="card_list",
            **who,
        )
    return utc(receipt.at)


def _differences(list_: CardList, counted: Counted) -> dict[str, dict[str, object]]:
    pairs: dict[str, tuple[object, object]] = {
        "count": (list_.row_count, counted.count),
        "digest": (list_.digest, counted.digest),
    }
    for name, value in totals(list_).items():
        if counted.totals is not None:
            pairs[name] = (value, counted.totals.get(name))
    return {
        name: {"sealed": sealed, "received": received}
        for name, (sealed, received) in pairs.items()
        if sealed != received
    }
