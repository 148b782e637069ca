"""A member's insurance status on a day. Twins: pwa/src/domain/status.ts and the SQL of coverage.

The rule is that of the glossary, the first that fits:
covered, elsewhere, starting, unconfirmed, expired, none, not_asked. What it leaves to decide:

- A void card never counts, for anything.
- A start counts from the last day of its precision, an end to its last day. A start that is only
  roughly known never lies after the end of its own card.
- A `told` card proves no end. While its told end has not passed, or none was told, it is
  unconfirmed; once the told end has passed it is expired, as after the answer `had_card`:
  whoever tells of a card that ended claims no cover. A told card that begins later is starting.
- An answer counts from the day it was given. Without that day nobody has asked.
- An end that is known, told or proven, and later than an answer speaks instead of that answer.
- An enrolment that stands (submitted, not cancelled) is starting from the day of payment to the
  last day of the card that was paid for: until a card proves cover, the person waits for one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.kinds import Status
from server.domain.enrolment.states import STANDING
from server.domain.partial import FIRST_DAY_EVER, add_days, last_day

LOOKUP_DAYS = 31
LOOKED_UP = frozenset({"app", "bhxh_list", "bhxh_issued"})
INSURED_BY_UNIT = frozenset(
    {"armed_forces", "armed_forces_family", "police", "police_family", "cipher", "cipher_family"}
)
SERVING = frozenset({"armed_forces", "police", "cipher"})
"""Of these the members themselves; the others are their relatives."""
UNPROVEN_ANSWERS = frozenset({"has_card", "does_not_know", "refused_to_say"})


@dataclass(frozen=True, slots=True)
class CardFacts:
    """One insurance period; dates partial as recorded."""

    evidence: str
    valid_from: str | None = None
    valid_to: str | None = None
    checked_on: str | None = None
    void: bool = False


@dataclass(frozen=True, slots=True)
class EntitlementFacts:
    kind: str
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What the person said about their insurance, and when."""

    answer: str | None = None
    asked_on: str | None = None


@dataclass(frozen=True, slots=True)
class EnrolmentFacts:
    """A card that is paid for: from the day of payment, to the last day that is paid."""

    stands: bool
    paid_on: str | None = None
    card_to: str | None = None


def span(valid_from: str | None, valid_to: str | None) -> tuple[str, str | None]:
    """The whole days a period certainly runs from and may run to; None: no end is known."""
    end = last_day(valid_to) if valid_to else None
    start = last_day(valid_from) if valid_from else FIRST_DAY_EVER
    return (end if end is not None and start > end else start), end


def card_facts(data: Mapping[str, Any]) -> CardFacts:
    """The facts of a card from its record."""
    return CardFacts(
        data.get("evidence") or "told",
        data.get("valid_from"),
        data.get("valid_to"),
        data.get("checked_on"),
        bool(data.get("void_reason")),
    )


def entitlement_facts(data: Mapping[str, Any]) -> EntitlementFacts:
    """The facts of an entitlement from its record."""
    return EntitlementFacts(data.get("kind") or "", data.get("valid_from"), data.get("valid_to"))


def enrolment_facts(data: Mapping[str, Any]) -> EnrolmentFacts:
    """The facts of an enrolment from its record."""
    return EnrolmentFacts(data.get("state") in STANDING, data.get("paid_on"), data.get("card_to"))


def answer_facts(member: Mapping[str, Any]) -> AnswerFacts:
    """What a member's record says of the answer."""
    return AnswerFacts(member.get("insurance_answer"), member.get("insurance_asked_on"))


def covers_on(day: str, card: CardFacts) -> bool:
    """True when this card proves cover on the day."""
    if card.void or card.evidence == "told":
        return False
    start, end = span(card.valid_from, card.valid_to)
    if start > day:
        return False
    return end >= day if end is not None else _looked_up(day, card)


def _looked_up(day: str, card: CardFacts) -> bool:
    if card.evidence not in LOOKED_UP or card.checked_on is None or card.checked_on > day:
        return False
    return add_days(card.checked_on, LOOKUP_DAYS) >= day


def insured_by_unit(day: str, entitlement: EntitlementFacts) -> bool:
    """True when a unit of the armed forces, police or cipher service insures on the day."""
    if entitlement.kind not in INSURED_BY_UNIT:
        return False
    start, end = span(entitlement.valid_from, entitlement.valid_to)
    return start <= day and (end is None or end >= day)


def waits_for_card(day: str, enrolment: EnrolmentFacts) -> bool:
    """True when the day lies within what was paid for, the wait before it included."""
    if not enrolment.stands or (enrolment.paid_on or FIRST_DAY_EVER) > day:
        return False
    return enrolment.card_to is None or enrolment.card_to >= day


def status_on(
    day: str,
    cards: Sequence[CardFacts],
    entitlements: Sequence[EntitlementFacts] = (),
    answer: AnswerFacts | None = None,
    enrolments: Sequence[EnrolmentFacts] = (),
) -> Status:
    """The one status of a member on a day."""
    if any(covers_on(day, card) for card in cards):
        return Status.COVERED
    if any(insured_by_unit(day, entitlement) for entitlement in entitlements):
        return Status.ELSEWHERE
    if any(waits_for_card(day, enrolment) for enrolment in enrolments):
        return Status.STARTING
    return _without_cover(day, [card for card in cards if not card.void], answer)


def _without_cover(day: str, cards: list[CardFacts], answer: AnswerFacts | None) -> Status:
    spans = [span(card.valid_from, card.valid_to) for card in cards]
    if any(start > day for start, _ in spans):
        return Status.STARTING
    if any(end is None or end >= day for _, end in spans):
        return Status.UNCONFIRMED
    said, asked_on = _answer_on(day, answer)
    if said in UNPROVEN_ANSWERS and not any(end and end > asked_on for _, end in spans):
        return Status.UNCONFIRMED
    if spans or said == "had_card":
        return Status.EXPIRED
    return Status.NONE if said == "never_had" else Status.NOT_ASKED


def _answer_on(day: str, answer: AnswerFacts | None) -> tuple[str | None, str]:
    if answer is None or answer.asked_on is None or answer.asked_on > day:
        return None, day
    return answer.answer, answer.asked_on


def card_end(card: CardFacts) -> str | None:
    """The last day that this card proves, or None where it proves none."""
    if card.void or card.evidence == "told" or not card.valid_to:
        return None
    return last_day(card.valid_to)


def ends_within(day: str, days: int, cards: Iterable[CardFacts]) -> str | None:
    """The day the cover of a covered member ends, when that is at most so many days off.

    None also when a later card follows, or when a card without an end covers the day.
    """
    proven = [card for card in cards if not card.void and card.evidence != "told"]
    covering = [card for card in proven if covers_on(day, card)]
    ends = [card_end(card) for card in covering]
    follows = any(span(card.valid_from, card.valid_to)[0] > day for card in proven)
    if not ends or follows or None in ends:
        return None
    last = max(end for end in ends if end is not None)
    return last if last <= add_days(day, days) else None
