"""What the insurance answers to the rows of a list, applied in one way for its software, its desk
and its answer sheets: a card in someone's hand, a decrease taken note of, or a row that comes back
as somebody's to-do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, select, update

from schemas.kinds import CardEvidence, Entity, ListingState, Role
from server.domain.card_lists.answers import APPLIED, HELD, ISSUED, RETURNED, Said, judge
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
from server.store.card_list_standing import (
    earlier_answers,
    enrolments_said,
    issued_periods,
    lock_where_they_lie,
    numbers_given,
    persons_of,
    rows_named,
    standing_of,
    standings,
)
from server.store.card_list_telling import Told, step_of, told_of
from server.store.card_lists import CardList, CardListRow
from server.store.changes.workspace import table_of
from server.store.changes.write import Author, new_change
from server.store.db import db, new_id, now, today
from server.store.records import Member
from server.store.review.returning import Asking, return_all_to_field
from server.store.review.writing import write_all_or_nothing

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


@dataclass(frozen=True, slots=True)
class _Job:
    """One answer to be applied: the ids of its row, its person and their enrolment. Values, because
    writing makes the session forget what its objects hold."""

    said: Said
    row: str
    member: str
    enrolment: str | None


_Changes = Mapping[str, list[dict[str, Any]]]
"""What is to be written, by row."""


def apply_answers(list_: CardList, said: Sequence[Said], by: Speaker) -> list[Became]:
    """Take answers in their order; their fates stand in the same. What was said before changes
    nothing, what contradicts it is held, and nobody is issued twice: the list is locked first."""
    lock_list(list_.id)
    desk = AnswerDesk(list_, said, by)
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


class AnswerDesk:
    """The answers to one list that came together."""

    def __init__(self, list_: CardList, said: Sequence[Said], by: Speaker) -> None:
        self.list, self.said, self.by = list_, said, by
        self.fates: dict[tuple[str, str], Became] = {}
        self.applied: list[_Job] = []
        self.new: dict[tuple[str, str], CardListAnswer] = {}
        self.rows = rows_named(list_.id, said)
        self.standing = standings(list_.id, self.rows)
        self._earlier = earlier_answers(list_.id, said)
        members = {row.member_id for row in self.rows.values()}
        # Behind the feeds of their villages nobody else issues these people a card.
        self.villages = lock_where_they_lie(members)
        self._persons = persons_of(members)
        self._cards = issued_periods(self._persons)
        numbers = numbers_given({one.card_number for one in said if one.card_number})
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
        elif row is not None and said.place not in (None, row.place):
            status, code = HELD, "row_and_place_differ"
        elif row is not None and status == APPLIED and code is None:
            code = self._clash(said, row) or self._over(said)
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

    def _over(self, said: Said) -> str | None:
        """A year typed wrong gives a card that was over before anybody asked for it."""
        if said.outcome != ISSUED or not self.list.sealed_on:
            return None
        return "card_over" if (said.valid_to or "") < self.list.sealed_on else None

    def _remember(self, said: Said, row: CardListRow) -> None:
        """What comes later in the same call sees it."""
        self.standing[row.id] = standing_of(row.kind, said)
        self.applied.append(_Job(said, row.id, row.member_id, row.enrolment_id))
        if said.outcome == ISSUED and said.card_number:
            person = self._person(row.member_id)
            self._numbers.setdefault(said.card_number, person)
            period = (said.valid_from or "", said.valid_to or "")
            self._cards.setdefault(person, []).append(period)

    def _person(self, member: str) -> str:
        """Whom a member counts as."""
        return self._persons.get(member, member)

    def take_in_place(self, answer: CardListAnswer) -> str | None:
        """Write an answer that was held, now that nothing stands on its row; a code when it still
        does not go."""
        [said] = self.said
        row = self.rows[said.row or ""]
        code = self._clash(said, row)
        if code is not None:
            return code
        key = (said.id, said.content)
        answer.status, answer.code = APPLIED, None
        self.new[key] = answer
        self._remember(said, row)
        self.write()
        return answer.code

    def write(self) -> None:
        """Write the records of all at once; of what does not go together, what goes alone. What
        does not is held."""
        author = author_for_insurance(self.by, self.villages.values())
        enrolments = enrolments_said({job.enrolment for job in self.applied if job.enrolment})
        told = told_of(job.row for job in self.applied)
        changes = {job.row: self._changes(job, enrolments, told) for job in self.applied}
        written = self._written(self.applied, changes, author)
        self._close_rows(written)
        self._ask_the_field(written, author)
        db.session.add_all(self.new.values())
        db.session.flush()

    def _written(self, jobs: list[_Job], changes: _Changes, author: Author) -> list[_Job]:
        """Those whose records are written. Halves are tried in their order, so that one that is
        refused costs a few turns and not one for each."""
        _results, refused = write_all_or_nothing(
            [one for job in jobs for one in changes[job.row]], author
        )
        if not refused:
            return jobs
        if len(jobs) == 1:
            self._hold(jobs[0])
            return []
        half = len(jobs) // 2
        first = self._written(jobs[:half], changes, author)
        return first + self._written(jobs[half:], changes, author)

    def _changes(
        self, job: _Job, enrolments: Mapping[str, dict[str, Any]], told: Told
    ) -> list[dict[str, Any]]:
        said = job.said
        changes = []
        if said.outcome == ISSUED:
            changes.append(new_change(Entity.CARD.value, new_id(), self._card(job)))
        if job.enrolment and said.outcome in (ISSUED, RETURNED):
            before = enrolments.get(job.enrolment, {})
            changes += enrolment_changes(job.enrolment, before, said, self.by)
        if said.outcome in (ISSUED, RETURNED):
            changes += step_of(job.row, told, ListingState(said.outcome))
        return changes

    def _card(self, job: _Job) -> dict[str, Any]:
        said = job.said
        number = said.card_number or ""
        group = number[:2] if number[:2].isalpha() else self.list.insurance_group
        values: dict[str, Any] = {
            "member": job.member,
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
        self.fates[key] = Became(job.said.id, HELD, job.row, "record_blocked")

    def _close_rows(self, jobs: Sequence[_Job]) -> None:
        at = now()
        closed = [
            {"row": job.row, "state": job.said.outcome, "claim": None, "answered_at": at,
             "return_reason": job.said.reason}
            for job in jobs
        ]  # fmt: skip
        if closed:
            rows = table_of(CardListRow)
            statement = update(rows).where(rows.c.id == bindparam("row"))
            db.session.connection().execute(statement, closed)
        for row in self.rows.values():
            db.session.expire(row)

    def _ask_the_field(self, jobs: Sequence[_Job], author: Author) -> None:
        """Rows that the surveyor can mend become to-dos on the phones that serve the households."""
        asked = [job for job in jobs if _is_for_the_surveyor(job.said)]
        if not asked:
            return
        people = [self._person(job.member) for job in asked]
        homes = db.session.scalars(select(Member.village_id).where(among(Member.id, set(people))))
        there = replace(author, villages=author.villages | set(homes))
        asking = [self._asking(job, who) for job, who in zip(asked, people, strict=True)]
        waits = return_all_to_field(Entity.MEMBER, asking, there)
        for job, wait in zip(asked, waits, strict=True):
            self.new[(job.said.id, job.said.content)].waiting_id = wait

    def _asking(self, job: _Job, person: str) -> Asking:
        reason = REASONS[str(job.said.reason)]
        note = words_to_field(str(job.said.reason), self.list.number or "", job.said.note)
        return Asking(person, note, {reason.field: reason.todo} if reason.field else {})


def _is_for_the_surveyor(said: Said) -> bool:
    return bool(
        said.outcome == RETURNED and said.reason and who_acts(said.reason) is MustAct.SURVEYOR
    )


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


def enrolment_changes(
    enrolment_id: str, before: Mapping[str, Any], said: Said, by: Speaker
) -> list[dict[str, Any]]:
    """The steps of an enrolment to what was answered; none when it was cancelled."""
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
