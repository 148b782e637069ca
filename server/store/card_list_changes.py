"""People come on a list and go from it while it may still be changed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update

from server.domain.card_lists.states import EDITABLE
from server.errors import Problem
from server.store.bulk import among
from server.store.card_list_waiting import Waiting, claims, insured_by_unit
from server.store.card_lists import CardList, CardListRow
from server.store.db import db, today
from server.store.feeds import Instance

FAR = 1_000_000
"""Places beyond those of any list: rows wait there while they are numbered again."""


@dataclass(frozen=True, slots=True)
class Added:
    """`came`: the claims of those who did. `elsewhere`: of those who stand on a list already, by
    claim, that list's id."""

    came: frozenset[str]
    elsewhere: Mapping[str, str]

    @property
    def added(self) -> int:
        return len(self.came)


NOBODY = Added(frozenset(), {})


def lock_lists() -> None:
    """Let nobody else claim people or numbers until the running transaction ends."""
    db.session.execute(select(Instance.id).with_for_update())


def add_people(card_list: CardList, people: Sequence[Waiting]) -> Added:
    """Add whoever may come; nobody stands on two open lists for the same card. Problem
    `list_sealed` or `list_state` once the list has gone out."""
    require_editable(card_list)
    lock_lists()
    held = claims({one.claim for one in people})
    units = insured_by_unit({one.member for one in people}, today())
    fresh = {one.claim: one for one in people if one.claim not in held and one.member not in units}
    last = db.session.scalar(
        select(func.max(CardListRow.place)).where(CardListRow.list_id == card_list.id)
    )
    for place, one in enumerate(fresh.values(), start=(last or 0) + 1):
        db.session.add(
            CardListRow(
                list_id=card_list.id,
                place=place,
                kind=one.kind,
                member_id=one.member,
                enrolment_id=one.enrolment,
                village_id=one.village,
                claim=one.claim,
                decrease_reason=one.reason,
            )
        )
    db.session.flush()
    return Added(frozenset(fresh), held)


def remove_rows(
    card_list: CardList, rows: Collection[str], states: Collection[str] = EDITABLE
) -> list[CardListRow]:
    """Take these rows off while the list is in one of these states; the places after them close up.
    Gives the rows that went."""
    require_editable(card_list, states)
    own = select(CardListRow).where(CardListRow.list_id == card_list.id)
    gone = list(db.session.scalars(own.where(among(CardListRow.id, rows))))
    for row in gone:
        db.session.delete(row)
    db.session.flush()
    _number_again(card_list)
    return gone


def release(card_list: CardList) -> None:
    """Nobody of a dropped list is held by it any more."""
    for row in db.session.scalars(select(CardListRow).where(CardListRow.list_id == card_list.id)):
        row.claim = None
    db.session.flush()


def require_editable(card_list: CardList, states: Collection[str] = EDITABLE) -> None:
    """Problem `list_sealed` or `list_state` when people may no longer come or go."""
    if card_list.sealed_at is not None:
        raise Problem("list_sealed")
    if card_list.state not in states:
        raise Problem("list_state")


def _number_again(card_list: CardList) -> None:
    """First out of the way: no two rows share a place at any moment."""
    of_list = CardListRow.list_id == card_list.id
    db.session.execute(
        update(CardListRow).where(of_list).values(place=CardListRow.place + FAR),
        execution_options={"synchronize_session": False},
    )
    db.session.expire_all()
    ids = db.session.scalars(select(CardListRow.id).where(of_list).order_by(CardListRow.place))
    places = [{"id": id_, "place": place} for place, id_ in enumerate(ids, start=1)]
    if places:
        db.session.execute(update(CardListRow), places)
    db.session.expire_all()
