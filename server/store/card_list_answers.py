"""What the insurance answers to the rows of a list, applied in one way for its software, its desk
and its answer sheets: a card in someone's hand, a decrease taken note of, or a row that comes back
as somebody's to-do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import or_, select, update

from schemas.kinds import CardEvidence, Entity, Role
from server.domain.card_lists.answers import (
    APPLIED,
    HELD,
    ISSUED,
    RETURNED,
    Said,
    Standing,
    judge,
)
from server.domain.card_lists.reasons import (
    REASONS,
    MustAct,
    return_words,
    who_acts,
    words_to_field,
)
from server.domain.enrolment.steps import steps_to
from server.store.audit import note_act
from server.store.bhxh import CardListAnswer
from server.store.bulk import among
from server.store.card_list_reading import lock_list
from server.store.card_list_receipts import Speaker
from server.store.card_lists import CardList, CardListRow
from server.store.changes.loading import lock_feeds
from server.store.changes.write import Author, new_change
from server.store.db import db, new_id, now, today
from server.store.records import Card, Member
from server.store.review.returning import return_to_field
from server.store.review.writing import record_data, winner_of, write_all_or_nothing

CHANNEL = "bhxh"


@dataclass(frozen=True, slots=True)
class Became:
    """What became of one answer. `row`: the id of the row, when it is on the list. `again`: it had
    come before, and this is what became of it then."""

    id: str
    status: str
    row: str | None = None
    code: str | None = None
    again: bool = False


@dataclass(slots=True)
class _Job:
    """One answer to be applied: its row, and where its person lies now."""

    said: Said
    row: CardListRow
    village: str


def apply_answers(list_: CardList, said: Sequence[Said], by: Speaker) -> list[Became]:
    """Take answers in their order; their fates stand in the same. What was said before changes
    nothing, what contradicts it is held, and nobody is issued twice: the list is locked first."""
    lock_list(list_.id)
    desk = _AnswerDesk(list_, said, by)
    found = [desk.take(one) for one in said]
    desk.write()
    if desk.applied:
        note_act(
            "bhxh_answers",
            by=by.user_id,
            subject=list_.id,
            area=list_.commune_id,
            count=len(desk.applied),
            of="card_list",
            **({"key": by.key_id} if by.key_id else {}),
        )
    return [desk.fates[key] for key in found]


class _AnswerDesk:
    """The answers to one list that came together."""

    def __init__(self, list_: CardList, said: Sequence[Said], by: Speaker) -> None:
        self.list, self.by = list_, by
        self.fates: dict[tuple[str, str], Became] = {}
        self.applied: list[_Job] = []
        self.new: dict[tuple[str, str], CardListAnswer] = {}
        self.rows = _rows_named(list_.id, said)
        self.standing = _standing(list_.id, self.rows)
        self._earlier = _earlier(list_.id, said)
        members = {row.member_id for row in self.rows.values()}
        # Behind the feeds of their villages nobody else issues these people a card.
        self.villages = _lock_where_they_lie(members)
        self._persons = _persons(members)
        self._cards = _issued_periods(self._persons)
        numbers = _numbers_given({one.card_number for one in said if one.card_number})
        self._numbers = {number: self._person(holder) for number, holder in numbers.items()}

    def take(self, said: Said) -> tuple[str, str]:
        """Judge one answer and remember what is to be written; its key among the fates."""
        key = (said.id, said.content)
        if key in self.fates:
            return key
        same = self._earlier.get(said.id, [])
        for one in same:
            if one.content == said.content:
                self.fates[key] = Became(said.id, one.status, one.row_id, one.code, again=True)
                return key
        row = self.rows.get(said.row or said.place or "")
        status, code = judge(said, self.standing.get(row.id) if row else None)
        if same or any(id_ == said.id for id_, _content in self.new):
            status, code = HELD, "same_id_other_content"
        elif row is not None and status == APPLIED and code is None:
            code = self._clash(said, row)
            status = HELD if code else APPLIED
        answer = answer_row(new_id(), self.list.id, said, row.id if row else None, self.by)
        answer.status, answer.code = status, code
        self.new[key] = answer
        self.fates[key] = Became(said.id, status, row.id if row else None, code)
        if row is not None and status == APPLIED and code is None:
            self._remember(said, row)
        return key

    def _clash(self, said: Said, row: CardListRow) -> str | None:
        """What other lists gave already: this person a card, or this card to another."""
        if said.outcome != ISSUED:
            return None
        holder = self._numbers.get(said.card_number or "")
        person = self._person(row.member_id)
        if holder is not None and holder != person:
            return "card_of_another"
        for start, end in self._cards.get(person, ()):
            if start <= (said.valid_to or "") and (said.valid_from or "") <= end:
                return "already_issued"
        return None

    def _remember(self, said: Said, row: CardListRow) -> None:
        """What comes later in the same call sees it."""
        self.standing[row.id] = _standing_of(row.kind, said)
        self.applied.append(_Job(said, row, self.villages[row.member_id]))
        if said.outcome == ISSUED and said.card_number:
            person = self._person(row.member_id)
            self._numbers.setdefault(said.card_number, person)
            period = (said.valid_from or "", said.valid_to or "")
            self._cards.setdefault(person, []).append(period)

    def _person(self, member: str) -> str:
        """Whom a member counts as."""
        return self._persons.get(member, member)

    def write(self) -> None:
        """Write the records of all at once; if any does not go, each alone, and what does not go
        is held."""
        author = author_for_insurance(self.by, self.villages.values())
        changes = [self._changes(job) for job in self.applied]
        _results, refused = write_all_or_nothing([one for of in changes for one in of], author)
        for job, own in zip(self.applied, changes, strict=True):
            if refused and write_all_or_nothing(own, author)[1]:
                self._hold(job)
            else:
                self._close_row(job, author)
        db.session.add_all(self.new.values())
        db.session.flush()

    def _changes(self, job: _Job) -> list[dict[str, Any]]:
        said, row = job.said, job.row
        changes = []
        if said.outcome == ISSUED:
            changes.append(new_change(Entity.CARD.value, new_id(), self._card(said, row)))
        if row.enrolment_id and said.outcome in (ISSUED, RETURNED):
            changes += enrolment_changes(row.enrolment_id, said, self.by)
        return changes

    def _card(self, said: Said, row: CardListRow) -> dict[str, Any]:
        number = said.card_number or ""
        group = number[:2] if number[:2].isalpha() else self.list.insurance_group
        values: dict[str, Any] = {
            "member": row.member_id,
            "evidence": CardEvidence.BHXH_ISSUED.value,
            "number": number,
            "valid_from": said.valid_from,
            "valid_to": said.valid_to,
            "checked_on": today(),
        }
        if len(group) == 2 and group.isalpha() and group.isupper():
            values["insurance_group"] = group
        if number[:2].isalpha():
            values["benefit_level"] = number[2]
        return values

    def _hold(self, job: _Job) -> None:
        key = (job.said.id, job.said.content)
        self.new[key].status, self.new[key].code = HELD, "record_blocked"
        self.fates[key] = Became(job.said.id, HELD, job.row.id, "record_blocked")

    def _close_row(self, job: _Job, author: Author) -> None:
        said = job.said
        db.session.execute(
            update(CardListRow)
            .where(CardListRow.id == job.row.id)
            .values(state=said.outcome, claim=None, answered_at=now(), return_reason=said.reason)
        )
        if said.outcome == RETURNED and said.reason and who_acts(said.reason) is MustAct.SURVEYOR:
            answer = self.new[(said.id, said.content)]
            answer.waiting_id = self._ask_the_field(said, job, author)

    def _ask_the_field(self, said: Said, job: _Job, author: Author) -> str:
        """The row becomes a to-do on the phone that serves the household."""
        reason = REASONS[str(said.reason)]
        person = winner_of(Entity.MEMBER.value, job.row.member_id)
        note = words_to_field(str(said.reason), self.list.number or "", said.note)
        notes = {reason.field: reason.todo} if reason.field else {}
        home = db.session.scalar(select(Member.village_id).where(Member.id == person))
        there = replace(author, villages=author.villages | {str(home)})
        return return_to_field(Entity.MEMBER, person, there, note, notes)


def answer_row(
    id_: str, list_id: str, said: Said, row_id: str | None, by: Speaker
) -> CardListAnswer:
    """An answer as it came, taken as it is."""
    return CardListAnswer(
        id=id_,
        list_id=list_id,
        answer_id=said.id,
        content=said.content,
        row_id=row_id,
        told_row=said.told_row,
        outcome=said.outcome,
        card_number=said.card_number,
        valid_from=said.valid_from,
        valid_to=said.valid_to,
        reason=said.reason,
        note=said.note,
        status=APPLIED,
        at=now(),
        key_id=by.key_id,
        user_id=by.user_id,
    )


def author_for_insurance(by: Speaker, villages: Iterable[str]) -> Author:
    """Who writes what the insurance answered: on behalf of the commune, where these people lie."""
    return Author(by.user_id, None, CHANNEL, Role.OFFICER.value, frozenset(villages))


def enrolment_changes(enrolment_id: str, said: Said, by: Speaker) -> list[dict[str, Any]]:
    """The steps of an enrolment to what was answered; none when it was cancelled."""
    before = record_data(Entity.ENROLMENT.value, enrolment_id)
    wanted = ISSUED if said.outcome == ISSUED else RETURNED
    changes = []
    for step in steps_to(before.get("state"), wanted) if before else ():
        values = {"state": step, "state_on": today(), "state_by": by.name}
        if step == RETURNED:
            values["return_reason"] = return_words(str(said.reason), said.note)
        was = {name: before.get(name) for name in values}
        changes.append(new_change(Entity.ENROLMENT.value, enrolment_id, values, was))
        before = {**before, **values}
    return changes


LOOKS = 3


def _lock_where_they_lie(members: set[str]) -> dict[str, str]:
    """The villages of these people, their feeds locked; looked at again behind the lock."""
    query = select(Member.id, Member.village_id).where(among(Member.id, members))
    villages: dict[str, str] = {}
    for _ in range(LOOKS):
        found = dict(db.session.execute(query).all())
        if found == villages:
            break
        villages = found
        lock_feeds(set(villages.values()))
    return villages


def _persons(members: set[str]) -> dict[str, str]:
    """Whom these members count as, those merged into them and beside them too."""
    into: dict[str, str] = {}
    seen, frontier = set(members), set(members)
    while frontier:
        query = select(Member.id, Member.merged_into).where(
            Member.merged_into.is_not(None),
            or_(among(Member.id, frontier), among(Member.merged_into, frontier)),
        )
        into.update({id_: str(winner) for id_, winner in db.session.execute(query)})
        frontier = ({*into} | {*into.values()}) - seen
        seen |= frontier
    return {id_: _end_of(id_, into) for id_ in seen}


def _end_of(member: str, into: Mapping[str, str]) -> str:
    passed = {member}
    while (step := into.get(member)) is not None and step not in passed:
        passed.add(member := step)
    return member


def _rows_named(list_id: str, said: Sequence[Said]) -> dict[str | int, CardListRow]:
    """The rows that these answers name, by id and by place."""
    ids = {one.row for one in said if one.row}
    places = {one.place for one in said if not one.row and one.place is not None}
    fresh = select(CardListRow).execution_options(populate_existing=True)
    query = fresh.where(CardListRow.list_id == list_id)
    found: dict[str | int, CardListRow] = {}
    for row in db.session.scalars(query.where(among(CardListRow.id, ids))):
        found[row.id] = row
    in_reach = [place for place in places if 0 < place < 2**31]
    for row in db.session.scalars(query.where(CardListRow.place.in_(in_reach))):
        found[row.place] = row
    return found


def _standing(list_id: str, rows: dict[str | int, CardListRow]) -> dict[str, Standing]:
    """How the rows stand: the one answer that applied to each, if any did."""
    kinds = {row.id: row.kind for row in rows.values()}
    standing = {id_: Standing(kind) for id_, kind in kinds.items()}
    query = select(CardListAnswer).where(
        CardListAnswer.list_id == list_id,
        among(CardListAnswer.row_id, kinds),
        CardListAnswer.status == APPLIED,
        CardListAnswer.code.is_(None),
    )
    for answer in db.session.scalars(query.order_by(CardListAnswer.at, CardListAnswer.id)):
        standing[str(answer.row_id)] = _standing_of(kinds[str(answer.row_id)], answer)
    return standing


def _standing_of(kind: str, said: Said | CardListAnswer) -> Standing:
    return Standing(
        kind, said.outcome, said.card_number, said.valid_from, said.valid_to, said.reason
    )


def _earlier(list_id: str, said: Sequence[Said]) -> dict[str, list[CardListAnswer]]:
    """Answers to the list that came under the same ids."""
    query = select(CardListAnswer).where(
        CardListAnswer.list_id == list_id,
        among(CardListAnswer.answer_id, {one.id for one in said}),
    )
    found: dict[str, list[CardListAnswer]] = {}
    for answer in db.session.scalars(query.order_by(CardListAnswer.at, CardListAnswer.id)):
        found.setdefault(answer.answer_id, []).append(answer)
    return found


def _issued_periods(persons: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """The days between which people hold cards that the insurance issued, by person."""
    query = select(Card.member_id, Card.first_day, Card.last_day).where(
        among(Card.member_id, persons),
        Card.evidence == CardEvidence.BHXH_ISSUED.value,
        Card.void.is_(False),
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for member, first, last in db.session.execute(query):
        found.setdefault(persons[member], []).append((first or "", last or "9999-12-31"))
    return found


def _numbers_given(numbers: set[str]) -> dict[str, str]:
    """To whom these card numbers were issued."""
    query = (
        select(CardListAnswer.card_number, CardListRow.member_id)
        .join(CardListRow, CardListRow.id == CardListAnswer.row_id)
        .where(
            among(CardListAnswer.card_number, numbers),
            CardListAnswer.status == APPLIED,
            CardListAnswer.outcome == ISSUED,
        )
    )
    return {str(number): member for number, member in db.session.execute(query)}
