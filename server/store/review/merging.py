"""Two records become one: the values chosen go to the winner, the loser is read through to it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update

from schemas.kinds import ChangeStatus, Entity
from server.errors import Problem
from server.store.changes.loading import lock_feeds
from server.store.changes.write import Author, Result, new_change
from server.store.db import db, now
from server.store.duplicates import PairState, PossibleDuplicate
from server.store.review.decided import CHANGE, DecisionKind, Part, note_decision
from server.store.review.writing import record_data, record_of, write_all_or_nothing


def merge(
    entity: Entity, loser: str, winner: str, author: Author, values: Mapping[str, Any] | None = None
) -> list[Result]:
    """Say that two records are one: the loser is read through to the winner, which takes `values`.
    Applied whole, or the results tell what was refused and nothing is written; the last result is
    that of the merge itself. Asked for twice, it is one decision."""
    village = record_of(entity, loser, author).village_id
    lock_feeds({village, record_of(entity, winner, author).village_id})
    done = record_data(entity.value, loser).get("merged_into") == winner
    current = record_data(entity.value, winner)
    taken = {name: value for name, value in (values or {}).items() if current.get(name) != value}
    was = {name: current.get(name) for name in taken}
    changes = [new_change(entity.value, winner, taken, was)] if taken else []
    merging = new_change(entity.value, loser, {"merged_into": winner}, {"merged_into": None})
    results, refused = write_all_or_nothing([*changes, merging], author)
    if not refused and not done:
        parts: list[Part] = [(entity.value, loser, None, winner)]
        parts += [(CHANGE, change["id"], None, None) for change in changes]
        note_decision(DecisionKind.MERGED, author, village, parts)
    return results


def hold_open(pair: PossibleDuplicate) -> None:
    """Let nobody else write the two records or settle the pair until commit; `already_decided` when
    somebody has. To be called before anything of the two is read: the page that was looked at is
    then compared with what really stands."""
    lock_feeds({pair.village_id, pair.other_village_id})
    db.session.refresh(pair, with_for_update=True)
    if pair.state != PairState.OPEN:
        raise Problem("already_decided")


def merge_pair(
    pair: PossibleDuplicate, winner: str, values: Mapping[str, Any], author: Author
) -> list[Result]:
    """Merge the other record of the pair into `winner`; who decided it is remembered."""
    loser = pair.other_id if winner == pair.one_id else pair.one_id
    results = merge(Entity(pair.entity), loser, winner, author, values)
    if all(result.status == ChangeStatus.APPLIED for result in results):
        pair.state, pair.decided_by, pair.decided_at = PairState.MERGED, author.user_id, now()
    return results


def say_apart(pair: PossibleDuplicate, author: Author) -> None:
    """The two are not the same: remembered for ever, no pass raises them again."""
    _turn(pair, PairState.OPEN, PairState.NOT_SAME, author.user_id, now())


def open_again(pair: PossibleDuplicate) -> None:
    """Take 'not the same' back."""
    _turn(pair, PairState.NOT_SAME, PairState.OPEN, None, None)


def _turn(
    pair: PossibleDuplicate, old: PairState, new: PairState, by: str | None, at: datetime | None
) -> None:
    """Only what is still as the page showed it: somebody may merge the two at the same moment."""
    turned = (
        update(PossibleDuplicate)
        .where(PossibleDuplicate.id == pair.id, PossibleDuplicate.state == old.value)
        .values(state=new.value, decided_by=by, decided_at=at)
        .returning(PossibleDuplicate.id)
    )
    if db.session.scalar(turned) is None:
        raise Problem("already_decided")
