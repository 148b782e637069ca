"""How far a person's card has come, from the money or the list to the card in the hand."""

from dataclasses import dataclass

from schemas.kinds import CardListRowState, CardListState

ENROLLED, ON_LIST, SEALED, PULLED, RECEIVED, ISSUED, CONFIRMED, RETURNED = (
    "enrolled",
    "on_list",
    "sealed",
    "pulled",
    "received",
    "issued",
    "confirmed",
    "returned",
)
STAGES = (ENROLLED, ON_LIST, SEALED, PULLED, RECEIVED, ISSUED, CONFIRMED, RETURNED)
AT_INSURANCE = (SEALED, PULLED, RECEIVED)
"""In these the insurance has the person's row and owes an answer."""
UNDER_WAY = (ENROLLED, ON_LIST, *AT_INSURANCE)
"""In these somebody still has to act before there is a card; what came back stands beside."""

_ANSWERED = {
    CardListRowState.ISSUED: ISSUED,
    CardListRowState.CONFIRMED: CONFIRMED,
    CardListRowState.RETURNED: RETURNED,
}


@dataclass(frozen=True, slots=True)
class Steps:
    """The days on which a row took its steps, ISO; None for those not taken. `listed`: put on the
    list; `state`, `list_state`: as they stand."""

    state: str
    list_state: str
    listed: str
    sealed: str | None
    pulled: str | None
    received: str | None
    answered: str | None


def stage_of(steps: Steps) -> tuple[str, str]:
    """The stage of a row, and the day since which it stands there."""
    stage = _ANSWERED.get(CardListRowState(steps.state))
    if stage is not None:
        return stage, steps.answered or steps.listed
    if steps.list_state != CardListState.SEALED:
        return ON_LIST, steps.listed
    if steps.received:
        return RECEIVED, steps.received
    if steps.pulled:
        return PULLED, steps.pulled
    return SEALED, steps.sealed or steps.listed
