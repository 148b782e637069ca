"""A list is made of those who wait for one; people come and go while it is a draft."""

from collections.abc import Collection, Sequence

from flask_login import current_user

from schemas.kinds import CardListRowState
from server.card_lists.scope import villages_in
from server.card_lists.words import list_title
from server.domain.card_lists.listed import INCREASE
from server.domain.card_lists.states import DRAFT, SEALED
from server.domain.enrolment.states import CHECKED
from server.domain.partial import add_months
from server.errors import Problem
from server.store.audit import note_act
from server.store.card_list_changes import NOBODY, Added, add_people, remove_rows
from server.store.card_list_enrolments import states_of_enrolments
from server.store.card_list_rows import stored_rows
from server.store.card_list_waiting import Waiting, waiting
from server.store.card_lists import CardList, CardListRow
from server.store.db import db, today
from server.store.merged import heirs
from server.store.places import Area


def who_waits(commune_id: str) -> list[Waiting]:
    """Everybody of one's villages of a commune who waits for a list today."""
    return waiting(list(villages_in(commune_id)), today())


def fitting(found: Sequence[Waiting], group: str, support: str | None) -> list[Waiting]:
    """Those for the list of one group and rate."""
    return [one for one in found if (one.group, one.support) == (group, support)]


def chosen(
    found: Sequence[Waiting], villages: Collection[str], people: Collection[str]
) -> list[Waiting]:
    """Of these all of some villages, and some by name (their claims)."""
    return [one for one in found if one.village in villages or one.claim in people]


def new_list(id_: str, commune: Area, group: str, support: str | None) -> CardList:
    """An empty draft. Its cards begin with the next month where the law names no day."""
    made = CardList(
        id=id_,
        commune_id=commune.id,
        insurance_group=group,
        support_percent=support,
        title=list_title(group, support)[:200],
        cards_from=f"{add_months(today(), 1)[:7]}-01",
        maker_name=f"UBND {commune.name}"[:200],
        state=DRAFT,
        created_by=current_user.id,
    )
    db.session.add(made)
    db.session.flush()
    _note("make", made)
    return made


def bring(card_list: CardList, people: Sequence[Waiting]) -> Added:
    """Add these people, as far as they may come."""
    added = add_people(card_list, people)
    if added.added:
        _note("add", card_list, count=added.added)
    return added


def take_off(card_list: CardList, rows: Collection[str]) -> int:
    """Leave these rows for a later list; how many went."""
    gone = remove_rows(card_list, rows)
    if gone:
        _note("remove", card_list, count=len(gone))
    return len(gone)


def supplement(card_list: CardList, id_: str) -> tuple[CardList, int]:
    """A list that corrects a sealed one: the rows that came back and may go out again. Gives it and
    how many came back but must be mended first."""
    if card_list.state != SEALED:
        raise Problem("list_state")
    commune = db.session.get_one(Area, card_list.commune_id)
    made = new_list(id_, commune, card_list.insurance_group, card_list.support_percent)
    made.supplements_id = card_list.id
    made.maker_name, made.maker_code = card_list.maker_name, card_list.maker_code
    db.session.flush()
    back = [one for one in stored_rows(card_list) if one.state == CardListRowState.RETURNED]
    ready = _ready(card_list, back)
    added = bring(made, ready) if ready else NOBODY
    return made, len(back) - added.added


def _ready(card_list: CardList, rows: Sequence[CardListRow]) -> list[Waiting]:
    """What was paid for must have been checked again; the person is whom they count as by now."""
    states = states_of_enrolments({row.enrolment_id for row in rows if row.enrolment_id})
    heir = heirs({row.member_id for row in rows})
    group, support = card_list.insurance_group, card_list.support_percent
    return [
        Waiting(
            row.kind,
            heir.get(row.member_id, row.member_id),
            row.village_id,
            group,
            support,
            row.enrolment_id,
            row.decrease_reason,
        )
        for row in rows
        if row.kind != INCREASE
        or row.enrolment_id is None
        or states.get(row.enrolment_id) == CHECKED
    ]


def _note(verb: str, card_list: CardList, count: int | None = None) -> None:
    note_act(
        f"card_list_{verb}",
        by=current_user.id,
        subject=card_list.id,
        area=card_list.commune_id,
        count=count,
        of="card_list",
    )
