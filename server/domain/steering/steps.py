"""The next step for somebody who must have a card and has none: one step, the first that fits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from schemas.kinds import BirthRegistration, Status
from server.domain.card_lists.stages import AT_INSURANCE, ENROLLED, ON_LIST, RETURNED
from server.domain.legal.tables import NotKnown


class Do(StrEnum):
    SENT_BACK = "sent_back"
    MEND_ENROLMENT = "mend_enrolment"
    AWAIT_INSURANCE = "await_insurance"
    SEND_LIST = "send_list"
    AWAIT_LIST = "await_list"
    AWAIT_START = "await_start"
    REGISTER_BIRTH = "register_birth"
    ASK = "ask"
    LOOK_UP = "look_up"
    LAW_NOT_KNOWN = "law_not_known"
    GET_ID = "get_id"
    MAKE_LIST = "make_list"
    EMPLOYER = "employer"
    SCHOOL = "school"
    RENEW = "renew"
    PERSUADE_SUPPORTED = "persuade_supported"
    PERSUADE = "persuade"


@dataclass(frozen=True, slots=True)
class Situation:
    """What the step hangs on. `stage` of the card's way (`stages`), with the `number` of the list,
    the day `since` and the insurance's `reason`. `paid_by`: who pays where the person pays nothing
    (`budget`, `employer`, `social_insurance`). `lacks`: what the law does not say of their group.
    `renew_by`: the last day on which paying brings a card without waiting."""

    status: str
    stage: str | None = None
    number: str | None = None
    since: str | None = None
    reason: str | None = None
    child: bool = False
    birth_registration: str | None = None
    has_id: bool = True
    paid_by: str | None = None
    pupil: bool = False
    supported: bool = False
    renew_by: str | None = None
    lacks: NotKnown | None = None


@dataclass(frozen=True, slots=True)
class Step:
    do: Do
    told: Mapping[str, str] = field(default_factory=dict)
    lacks: NotKnown | None = None


UNREGISTERED = (BirthRegistration.NONE, BirthRegistration.BIRTH_PAPER)


def next_step(it: Situation) -> Step:
    """What is under way goes before what would have to begin; what stops everything (a birth that
    is not registered, nobody asked, a card nobody looked up) before what depends on it."""
    under_way = _under_way(it)
    if under_way is not None:
        return under_way
    if it.status == Status.STARTING:
        return Step(Do.AWAIT_START)
    if it.child and it.birth_registration in UNREGISTERED:
        return Step(Do.REGISTER_BIRTH)
    if it.status == Status.NOT_ASKED:
        return Step(Do.ASK)
    if it.status == Status.UNCONFIRMED:
        return Step(Do.LOOK_UP)
    return _to_begin(it)


def _under_way(it: Situation) -> Step | None:
    told = {"number": it.number or "", "since": it.since or "", "reason": it.reason or ""}
    if it.stage == RETURNED:
        return Step(Do.SENT_BACK if it.number and it.reason else Do.MEND_ENROLMENT, told)
    if it.stage in AT_INSURANCE:
        return Step(Do.AWAIT_INSURANCE, told)
    if it.stage == ON_LIST:
        return Step(Do.SEND_LIST, told)
    return Step(Do.AWAIT_LIST, told) if it.stage == ENROLLED else None


def _to_begin(it: Situation) -> Step:
    if it.lacks is not None:
        return Step(Do.LAW_NOT_KNOWN, lacks=it.lacks)
    if not it.has_id:
        return Step(Do.GET_ID)
    if it.paid_by == "budget":
        return Step(Do.MAKE_LIST)
    if it.paid_by is not None:
        return Step(Do.EMPLOYER)
    if it.pupil:
        return Step(Do.SCHOOL)
    if it.renew_by is not None:
        return Step(Do.RENEW, {"day": it.renew_by})
    return Step(Do.PERSUADE_SUPPORTED if it.supported else Do.PERSUADE)
