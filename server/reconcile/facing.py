"""A row of a list beside the person it may be, as the page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from server.domain.numbers import day_words
from server.domain.reconciling.pairing import NUMBERS
from server.domain.reconciling.periods import Step
from server.pages.words import word
from server.reconcile.applying import cards_of, periods_of, rows_of
from server.reconcile.lines import Known, known_people, period_words
from server.reconcile.schooling import Beside, beside
from server.reconcile.tabs import MATCH_TABS, Tab, matches_on
from server.store.db import db
from server.store.imported_lists import ImportedList
from server.store.reconciling import (
    Answer,
    Asked,
    MatchState,
    ReconcileDecision,
    ReconcileMatch,
)
from server.store.records import Member


@dataclass(frozen=True, slots=True)
class Pair:
    """One question of the two columns: the list's words, the survey's."""

    label: str
    listed: str
    known: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Facing:
    """`shortened`: the cards that the list ends earlier, with what would be written of each."""

    kept: ImportedList
    match: ReconcileMatch
    row: dict[str, Any]
    person: Known
    lines: list[Pair]
    mates: tuple[list[str], list[str]]
    shortened: dict[str, dict[str, Any]] = field(default_factory=dict)
    pupil: Beside | None = None
    decided: dict[str, str] = field(default_factory=dict)

    @property
    def undecided(self) -> bool:
        return self.match.state == MatchState.OPEN and self.match.kind in ("sure", "likely")

    @property
    def same_number(self) -> bool:
        """A number brought them together, though something speaks against it."""
        return any(
            self.row.get(name) and self.row[name] == self.person.data.get(name) for name in NUMBERS
        )

    @property
    def one(self) -> bool:
        """The two are one, as far as anybody knows: what they say otherwise may be settled."""
        sure = self.match.kind == "sure" and self.match.state == MatchState.OPEN
        return sure or self.match.state == MatchState.CONFIRMED

    @property
    def ask_facts(self) -> bool:
        open_ = Asked.FACTS.value not in self.decided and self.match.state != MatchState.REJECTED
        return open_ and (self.match.facts_differ and self.one or self.match.kind == "differs")

    @property
    def ask_school(self) -> bool:
        differs = self.pupil is not None and bool(self.pupil.said)
        return self.one and differs and Asked.SCHOOL.value not in self.decided

    @property
    def ask_period(self) -> bool:
        return self.one and bool(self.shortened) and Asked.PERIOD.value not in self.decided


def facing(kept: ImportedList, match: ReconcileMatch) -> Facing:
    row = rows_of(kept.id, [match.row_number])[match.row_number]
    person = known_people([str(match.member_id)])[str(match.member_id)]
    period = periods_of(kept, [match])[match.id]
    shortened = {
        card: {"valid_to": row["valid_to"]}
        for card in (period.cards if period.step is Step.DIFFERS else ())
    }
    pupil = beside(kept, [match]).get(match.id)
    return Facing(
        kept,
        match,
        row,
        person,
        [*_lines(row, person, match), *_school_lines(pupil)],
        _mates(kept, match, row, person),
        shortened,
        pupil,
        _decided(match, pupil.told.about if pupil else None),
    )


def _school_lines(pupil: Beside | None) -> list[Pair]:
    if pupil is None:
        return []
    told, known = pupil.told, pupil.known
    return [
        Pair(_("Trường"), told.name or "–", known.name or "–", "school" in pupil.said),
        Pair(
            _("Lớp"),
            told.school_class or "–",
            known.school_class or "–",
            "school_class" in pupil.said,
        ),
    ]


def _lines(row: Mapping[str, Any], person: Known, match: ReconcileMatch) -> list[Pair]:
    data, home = person.data, person.home
    differs = set(match.fields)
    facts = [
        Pair(label, _said(name, row), _said(name, data), name in differs)
        for name, label in (
            ("full_name", _("Họ và tên")),
            ("birth_date", _("Ngày sinh")),
            ("sex", _("Giới tính")),
            ("personal_id", _("Số định danh")),
            ("bhxh_number", _("Mã số BHXH")),
        )
    ]
    code, own_code = row.get("household_code"), home.get("bhxh_household_code")
    cards = cards_of([person.id]).get(person.id, [])
    return [
        *facts,
        Pair(_("Thôn, tổ dân phố"), row.get("village_text") or "–", person.village),
        Pair(
            _("Mã hộ BHXH"),
            code or "–",
            own_code or "–",
            bool(code and own_code != code and own_code),
        ),
        Pair(_("Địa chỉ"), row.get("address") or "–", home.get("address") or "–"),
        Pair(
            _("Kỳ thẻ"),
            period_words(dict(row)),
            "; ".join(_card_words(card) for _id, card in cards if not card.get("void_reason"))
            or "–",
        ),
        Pair(_("Nơi khám ban đầu"), row.get("first_clinic") or "–", _clinics(cards) or "–"),
    ]


def _said(name: str, data: Mapping[str, Any]) -> str:
    value = data.get(name)
    if value is None or value == "":
        return "–"
    if name == "birth_date":
        return day_words(value)
    return word("sex", value) if name == "sex" else str(value)


def _card_words(card: Mapping[str, Any]) -> str:
    return f"{period_words(dict(card))} ({word('evidence', card['evidence'])})"


def _clinics(cards: list[tuple[str, dict[str, Any]]]) -> str:
    return "; ".join(
        sorted({card["first_clinic"] for _id, card in cards if card.get("first_clinic")})
    )


def _mates(
    kept: ImportedList, match: ReconcileMatch, row: Mapping[str, Any], person: Known
) -> tuple[list[str], list[str]]:
    """Who else stands in the two households, with the year of birth."""
    query = select(Member.full_name, Member.birth_date).where(
        Member.household_id == person.home_id, Member.id != person.id, Member.merged_into.is_(None)
    )
    known = [_named(name, born) for name, born in db.session.execute(query.order_by(Member.id))]
    if not row.get("household_code"):
        return [], known
    beside = select(ReconcileMatch.row_number).where(
        ReconcileMatch.list_id == kept.id,
        ReconcileMatch.household_code == row["household_code"],
        ReconcileMatch.row_number != match.row_number,
    )
    numbers = db.session.scalars(beside.order_by(ReconcileMatch.row_number).limit(12)).all()
    rows = rows_of(kept.id, numbers) if numbers else {}
    return [_named(rows[at]["full_name"], rows[at].get("birth_date")) for at in numbers], known


def _named(name: str, born: str | None) -> str:
    return f"{name} ({born[:4]})" if born else name


def _decided(match: ReconcileMatch, school: str | None) -> dict[str, str]:
    """What was answered about the pair, by what was asked; about a period only for this end, about
    a school and class only for these."""
    about = {Asked.PERIOD.value: match.ends, Asked.SCHOOL.value: school}
    query = select(ReconcileDecision).where(
        ReconcileDecision.member_id == match.member_id,
        ReconcileDecision.row_key == match.row_key,
    )
    return {
        each.asked: Answer(each.answer).value
        for each in db.session.scalars(query)
        if each.asked not in about or each.about == about[each.asked]
    }


def next_of(kept: ImportedList, match: ReconcileMatch, tab: Tab) -> str | None:
    """The pair after this one on the tab, from its beginning once the end is reached."""
    if tab not in MATCH_TABS:
        return None
    ids = matches_on(kept, tab).where(
        ReconcileMatch.member_id.is_not(None), ReconcileMatch.id != match.id
    )
    after = ids.where(ReconcileMatch.row_number > match.row_number)
    found: str | None = db.session.scalar(after.limit(1)) or db.session.scalar(ids.limit(1))
    return found
