"""How far a list of people for cards has come: draft → submitted → approved → sealed. What the
approver sends back is a draft again; a sealed list never changes."""

from schemas.kinds import CardListState

DRAFT, SUBMITTED, SENT_BACK, APPROVED, SEALED, DROPPED = (state.value for state in CardListState)

NEXT: dict[str, tuple[str, ...]] = {
    DRAFT: (SUBMITTED, DROPPED),
    SENT_BACK: (SUBMITTED, DROPPED),
    SUBMITTED: (APPROVED, SENT_BACK),
    APPROVED: (SEALED, SENT_BACK),
    SEALED: (),
    DROPPED: (),
}
EDITABLE = (DRAFT, SENT_BACK)
"""In these states people are added and removed."""

ON_THE_WAY = (SUBMITTED, APPROVED)
"""In these states the enrolments of the list are `on_list`, and in no list before."""


def may_become(state: str, wanted: str) -> bool:
    """True when the one lawful step leads there."""
    return wanted in NEXT.get(state, ())


def claim_of(kind: str, member: str) -> str:
    """What a row holds while it may still bring a card, or take one away: nobody is on two open
    lists for the same card."""
    return f"{kind}:{member}"
