"""One person of a list: the facts around them, and the row that D03-TS, TK1-TS and the import sheet
print (schemas.card_lists.CardListRow)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.kinds import CardListRowKind
from server.domain.card_lists.dates import Begins, card_span
from server.domain.legal.facts import AreaFacts, PersonFacts, Place, person_facts
from server.domain.legal.tables import Tables
from server.domain.words import RELATION

Data = Mapping[str, Any]
INCREASE, DECREASE = CardListRowKind.INCREASE.value, CardListRowKind.DECREASE.value

NEW, CONTINUES = "TM", "ON"
"""Phương án of D03-TS; the other codes have no meaning that is known (NĐ 188/2025, QĐ 490)."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A row of the person that came back: why, and what it said when it was sealed."""

    reason: str
    said: Data


@dataclass(frozen=True, slots=True)
class Listed:
    """One row with all that papers and checks ask of it. Records as on the wire, merges followed;
    `enrolment` is empty for whom the budget pays wholly. `cards`: not void. `head`, `guardian`:
    full names. `clinic`: code and name where the reference list knows the clinic. `decision`: the
    number of the paper that names the household or person. `earlier`: what came back and was not
    sent again."""

    id: str
    place: int
    kind: str
    member_id: str
    household_id: str
    village: str
    member: Data
    household: Data
    enrolment_id: str | None = None
    enrolment: Data | None = None
    head: str | None = None
    guardian: str | None = None
    cards: Sequence[Data] = ()
    rights: Sequence[Data] = ()
    area: AreaFacts = AreaFacts()
    province: Place = Place()
    clinic: tuple[str, str] | None = None
    receipt: str | None = None
    decision: str | None = None
    decrease_reason: str | None = None
    note: str | None = None
    earlier: tuple[Earlier, ...] = ()

    @property
    def paid(self) -> Data:
        return self.enrolment or {}

    def facts(self) -> PersonFacts:
        """As the rules of the law ask."""
        return person_facts(self.member, self.household, self.rights, self.area)


def row_of(listed: Listed, tables: Tables, begins: Begins) -> dict[str, Any]:
    """The row as the list says it now; sealing keeps exactly this. `begins`: the list's group and
    the day from which its cards run where the law names none."""
    member, paid, home = listed.member, listed.paid, listed.household
    increase = listed.kind == INCREASE
    start, end = card_span(listed.facts(), paid, tables, begins) if increase else (None, None)
    clinic = listed.clinic or (None, _clinic_told(listed))
    return {
        "id": listed.id,
        "place": listed.place,
        "kind": listed.kind,
        "method": _method(listed) if increase else None,
        "member": listed.member_id,
        "household": listed.household_id,
        "enrolment": listed.enrolment_id,
        **{name: member.get(name) for name in _OF_MEMBER},
        "full_name": member.get("full_name") or "",
        "nationality": member.get("nationality") or "VN",
        "phone": member.get("phone") or home.get("phone"),
        "village": listed.village,
        "address": home.get("address") or home.get("hamlet"),
        "household_head": listed.head,
        "bhxh_household_code": home.get("bhxh_household_code"),
        "relation": RELATION.get(member.get("relation") or ""),
        "guardian_name": listed.guardian,
        "clinic_code": clinic[0],
        "clinic_name": clinic[1],
        "receipt_on": paid.get("paid_on"),
        "receipt_number": listed.receipt,
        "pension_base": None,
        **{name: paid.get(name) for name in _OF_ENROLMENT},
        "card_from": start,
        "card_to": end if increase else member.get("ended_on"),
        "decrease_reason": None if increase else listed.decrease_reason,
        "evidence": listed.decision,
        "note": listed.note or paid.get("note"),
    }


_OF_MEMBER = (
    "birth_date",
    "sex",
    "ethnic_group",
    "personal_id",
    "bhxh_number",
    "old_id_number",
    "birth_registration",
    "living_area",
)
_OF_ENROLMENT = (
    "total",
    "state_support",
    "local_support",
    "other_support",
    "own_share",
    "ladder_place",
    "months",
    "collector_code",
)


def _method(listed: Listed) -> str:
    """Whoever the insurance knows continues; everybody else is new to it."""
    return CONTINUES if listed.member.get("bhxh_number") or listed.cards else NEW


def _clinic_told(listed: Listed) -> str | None:
    """Where no list of clinics tells more: what the person said, or what their last card says."""
    on_cards = [card["first_clinic"] for card in listed.cards if card.get("first_clinic")]
    told = listed.member.get("clinic_wanted") or next(reversed(on_cards), None)
    return str(told) if told else None
