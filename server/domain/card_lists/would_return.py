"""For which of its own reasons the insurance would send a row back, and who can mend it: asked of
every row before a list is submitted.

The reasons are those of the insurance's answers (schemas.kinds.ReturnReason). The checks are
derived from the law that prices and orders the groups, and from the columns of D03-TS and TK1-TS.
Where the law of the day is not known nothing is said.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.kinds import BirthRegistration, MemberEnd, PersonalIdState, ReturnReason
from server.domain.card_lists.dates import CHILD, Begins, card_span
from server.domain.card_lists.listed import INCREASE, Listed
from server.domain.card_lists.reasons import MustAct
from server.domain.card_lists.support import support_by_law, support_paid
from server.domain.enrolment.amounts import (
    AMOUNTS,
    PUPILS,
    ShareFacts,
    against_the_law,
    share_facts,
    shares_differ,
)
from server.domain.findings.member import check_member
from server.domain.legal.candidates import average_farm_on, living_class_on
from server.domain.legal.facts import PersonFacts
from server.domain.legal.groups import GroupAnswer, insurance_group
from server.domain.legal.tables import Tables
from server.domain.partial import first_day
from server.domain.status import card_facts, covers_on, span
from server.domain.text import fold

R = ReturnReason
FARM = "GB"
LISTED_CLASS = {"HN": "poor", "CN": "near_poor", "minority_near_poor": "near_poor"}
ID_FINDINGS = frozenset(
    {
        "personal_id_sex",
        "personal_id_birth_year",
        "personal_id_province",
        "impossible_number",
    }
)
PRICED = ("insurance_group", "months", "ladder_place", "paid_on", *AMOUNTS)
"""What a price hangs on of what was paid. A reason given for another amount does not bind the
insurance, which asks the law again."""

MENDED = {
    R.NAME_MISMATCH: "full_name",
    R.BIRTH_DATE_MISMATCH: "birth_date",
    R.SEX_MISMATCH: "sex",
    R.ID_MISMATCH: "personal_id",
}
"""What must have changed since the insurance said that it differs from its own data."""


STOPS_SEALING = frozenset(
    {R.DECEASED, R.MOVED_AWAY, R.ALREADY_INSURED, R.DUPLICATE_ON_LIST, R.OTHER}
)
"""What a signature does not carry when it came up after the list was submitted: a card for nobody,
a second card, money that no longer stands. All else whoever seals may send all the same."""


@dataclass(frozen=True, slots=True)
class Twin:
    """Another record that stands on another open list. `sure`: by its number; else the two may be
    one person, and nobody has looked."""

    member: str
    name: str
    list: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row would come back, who must act, and where it is mended: `member`, `household`,
    `enrolment` or `card_list`."""

    reason: str
    acts: str
    where: str = "member"
    twin: Twin | None = None

    @property
    def stops_sealing(self) -> bool:
        """No signature carries it. A twin who only may be one is for the signer to judge."""
        return self.reason in STOPS_SEALING and (self.twin is None or self.twin.sure)


@dataclass(frozen=True, slots=True)
class Asked:
    """The list as its rows are asked: its group, its rate, the day, the first day of its cards.
    `state`: in which its enrolments must be."""

    group: str
    support: str | None
    day: str
    cards_from: str | None = None
    state: str = "checked"

    @property
    def begins(self) -> Begins:
        return Begins(self.group, self.day, self.cards_from)


def faults_of_list(
    tables: Tables, asked: Asked, rows: Sequence[Listed], twins: Mapping[str, Twin] = {}
) -> dict[str, list[Fault]]:
    """By row, of those that would come back. `twins`: by row, who stands on another open list."""
    twice, ruled = _twice(rows), Ruled(tables)
    found: dict[str, list[Fault]] = {}
    for row in rows:
        faults = list(faults_of(ruled, asked, row))
        if row.id in twice:
            faults.append(Fault(R.DUPLICATE_ON_LIST, MustAct.OFFICER, "card_list"))
        elif row.id in twins:
            twin = twins[row.id]
            faults.append(Fault(R.DUPLICATE_ON_LIST, MustAct.OFFICER, "card_list", twin))
        if faults:
            found[row.id] = list({fault.reason: fault for fault in faults}.values())
    return found


class Ruled:
    """What the law says, remembered: most rows of a list pay one of a dozen prices."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._rates: dict[tuple[object, ...], str | None] = {}
        self._doubts: dict[tuple[object, ...], bool] = {}

    def rate(self, day: str, group: str, poor_commune: bool | None) -> str | None:
        key = (day, group, poor_commune)
        if key not in self._rates:
            self._rates[key] = support_by_law(self.tables, day, group, poor_commune)
        return self._rates[key]

    def doubts(self, paid: Mapping[str, Any], known: ShareFacts) -> bool:
        """True when the law of the payment day gives other months, another total or share."""
        told = {name: paid.get(name) for name in PRICED}
        key = (*told.values(), known)
        if key not in self._doubts:
            self._doubts[key] = bool(against_the_law(self.tables, told, [known]))
        return self._doubts[key]


def faults_of(ruled: Ruled, asked: Asked, row: Listed) -> Iterator[Fault]:
    """What one row would come back for."""
    yield from _identity(asked, row)
    if row.kind != INCREASE:
        return
    facts = row.facts()
    yield from _life(row)
    yield from _returned_before(row)
    yield from _group(ruled, asked, row, facts)
    yield from _insured(ruled.tables, asked, row, facts)
    yield from _clinic(row)
    if row.enrolment_id:
        yield from _paid(ruled, asked, row, facts)


def _identity(asked: Asked, row: Listed) -> Iterator[Fault]:
    member = row.member
    seen = member.get("personal_id_state") == PersonalIdState.SEEN
    if not member.get("personal_id") and not member.get("bhxh_number"):
        yield _without_number(asked, member)
    codes = {one.code for one in check_member(member, asked.day)}
    if codes & ID_FINDINGS:
        yield Fault(R.ID_MISMATCH, MustAct.POLICE if seen else MustAct.SURVEYOR)
    if member.get("name_is_provisional"):
        yield Fault(R.NAME_MISMATCH, MustAct.SURVEYOR)
    if not member.get("birth_date"):
        yield Fault(R.BIRTH_DATE_MISMATCH, MustAct.SURVEYOR)
    if not member.get("sex"):
        yield Fault(R.SEX_MISMATCH, MustAct.SURVEYOR)


def _without_number(asked: Asked, member: Mapping[str, Any]) -> Fault:
    """A child has a number once the birth is registered (NĐ 63/2024/NĐ-CP: one procedure)."""
    unregistered = member.get("birth_registration") in (
        BirthRegistration.BIRTH_PAPER,
        BirthRegistration.NONE,
    )
    if asked.group == CHILD and unregistered:
        return Fault(R.BIRTH_NOT_REGISTERED, MustAct.OFFICER)
    issued = member.get("personal_id_state") != PersonalIdState.NOT_ISSUED
    return Fault(R.ID_MISSING, MustAct.SURVEYOR if issued else MustAct.POLICE)


def _life(row: Listed) -> Iterator[Fault]:
    ended = row.member.get("end_reason")
    if ended == MemberEnd.DECEASED:
        yield Fault(R.DECEASED, MustAct.OFFICER)
    elif ended or row.household.get("end_reason"):
        yield Fault(R.MOVED_AWAY, MustAct.OFFICER)


def _returned_before(row: Listed) -> Iterator[Fault]:
    """What came back for a fact that is still as it was then."""
    for one in row.earlier:
        field = MENDED.get(R(one.reason)) if one.reason in MENDED else None
        if field and row.member.get(field) == one.said.get(field):
            seen = row.member.get("personal_id_state") == PersonalIdState.SEEN
            yield Fault(one.reason, MustAct.POLICE if seen else MustAct.SURVEYOR)


def _group(ruled: Ruled, asked: Asked, row: Listed, facts: PersonFacts) -> Iterator[Fault]:
    day = row.paid.get("paid_on") or asked.day
    if asked.group == FARM and not average_farm_on(day, facts):
        yield Fault(R.NOT_ON_APPROVED_LIST, MustAct.OFFICER, "household")
        return
    wanted = LISTED_CLASS.get(asked.group)
    told = row.household.get("living_class_source") == "told"
    if wanted and (living_class_on(day, facts) != wanted or told):
        yield Fault(R.NOT_ON_APPROVED_LIST, MustAct.OFFICER, "household")
        return
    answer = insurance_group(ruled.tables, day, facts)
    paid_as = row.paid.get("insurance_group", asked.group)
    fits = not isinstance(answer, GroupAnswer) or asked.group in answer.choices
    if not fits or paid_as != asked.group:
        at_school = facts.work in PUPILS and paid_as == asked.group
        acts = MustAct.SCHOOL if at_school else MustAct.OFFICER
        yield Fault(R.WRONG_GROUP, acts, "member" if paid_as == asked.group else "enrolment")
        return
    yield from _support(ruled, asked, row, day)


def _support(ruled: Ruled, asked: Asked, row: Listed, day: str) -> Iterator[Fault]:
    """The rate of the list is that of the person by law, and that which was paid."""
    if asked.support is None:
        return
    rates = {
        ruled.rate(day, asked.group, row.area.poor_commune),
        support_paid(row.paid),
    }
    if rates - {None, asked.support}:
        yield Fault(R.WRONG_SUPPORT, MustAct.OFFICER, "enrolment" if row.paid else "card_list")


def _insured(tables: Tables, asked: Asked, row: Listed, facts: PersonFacts) -> Iterator[Fault]:
    """A proven card that runs on a day of the new one."""
    if not row.cards:
        return
    start, end = card_span(facts, row.paid, tables, asked.begins)
    begins = first_day(start) if start and start > asked.day else asked.day
    cards = [card_facts(card) for card in row.cards if card.get("evidence") != "told"]
    for card in cards:
        first, last = span(card.valid_from, card.valid_to)
        runs = last >= begins if last is not None else covers_on(asked.day, card)
        if runs and (end is None or first <= end):
            yield Fault(R.ALREADY_INSURED, MustAct.OFFICER)
            return


def _clinic(row: Listed) -> Iterator[Fault]:
    wanted = row.member.get("clinic_wanted")
    if not wanted and not any(card.get("first_clinic") for card in row.cards):
        yield Fault(R.CLINIC_MISSING, MustAct.SURVEYOR)
    elif wanted and wanted.isdecimal() and row.clinic is None:
        # A code that no list of clinics holds; a name in words is the insurance's to find.
        yield Fault(R.CLINIC_CLOSED, MustAct.SURVEYOR)


def _paid(ruled: Ruled, asked: Asked, row: Listed, facts: PersonFacts) -> Iterator[Fault]:
    paid = row.paid
    if paid.get("state") != asked.state:
        yield Fault(R.OTHER, MustAct.OFFICER, "enrolment")
    if paid.get("own_share") != 0 and not (paid.get("paid_on") and paid.get("receipt_number")):
        yield Fault(R.RECEIPT_MISSING, MustAct.COLLECTOR, "enrolment")
    doubts = ruled.doubts(paid, share_facts(facts, row.province))
    if doubts or shares_differ(paid) or paid.get("total") is None:
        yield Fault(R.AMOUNT_MISMATCH, MustAct.COLLECTOR, "enrolment")


def _twice(rows: Sequence[Listed]) -> set[str]:
    """Rows of one person under two records: the same number; or name, sex and whole birth date,
    unless each has a number of its own."""
    found = _same(rows, lambda row: row.member_id)
    found |= _same(rows, lambda row: row.member.get("personal_id"))
    found |= _same(rows, lambda row: row.member.get("bhxh_number"))
    for namesakes in _groups(rows, _called):
        ids = {row.member.get("personal_id") for row in namesakes} - {None}
        if len(ids) < len(namesakes):
            found |= {row.id for row in namesakes}
    return found


def _same(rows: Sequence[Listed], key: Callable[[Listed], str | None]) -> set[str]:
    return {row.id for group in _groups(rows, key) for row in group}


def _groups(rows: Sequence[Listed], key: Callable[[Listed], str | None]) -> Iterator[list[Listed]]:
    """Those of one section that share a key, where more than one does."""
    groups: dict[tuple[str, str], list[Listed]] = defaultdict(list)
    for row in rows:
        if value := key(row):
            groups[row.kind, value].append(row)
    yield from (group for group in groups.values() if len(group) > 1)


def _called(row: Listed) -> str | None:
    birth = row.member.get("birth_date") or ""
    if len(birth) < len("2020-01-01"):
        return None
    return f"{fold(row.member.get('full_name') or '')} {birth} {row.member.get('sex')}"
