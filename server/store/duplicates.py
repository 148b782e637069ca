"""Pairs of records that may be one person or one household, and what people decided about them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import (
    ColumnElement,
    DateTime,
    Float,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from server.store.bulk import among
from server.store.db import Base, db, is_sqlite, new_id, now

ID = String(36)
NUMBERS = ("personal_id", "bhxh_number")
NUMBER_CODES = {f"same_{name}": name for name in NUMBERS}


class PairState(StrEnum):
    """`gone`: no longer alike, because a record was corrected, merged elsewhere or has ended."""

    OPEN = "open"
    MERGED = "merged"
    NOT_SAME = "not_same"
    GONE = "gone"


class PossibleDuplicate(Base):
    """Two records that may be one, `one_id` < `other_id`. `why`: a JSON list of codes; the villages
    are where the two lie, kept true when a household moves."""

    __tablename__ = "possible_duplicate"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    entity: Mapped[str] = mapped_column(String(20))
    one_id: Mapped[str] = mapped_column(ID)
    other_id: Mapped[str] = mapped_column(ID)
    commune_id: Mapped[str] = mapped_column(ID)
    village_id: Mapped[str] = mapped_column(ID)
    other_village_id: Mapped[str] = mapped_column(ID)
    score: Mapped[float] = mapped_column(Float)
    why: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default=PairState.OPEN.value)
    found_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    __table_args__ = (
        UniqueConstraint("one_id", "other_id"),
        Index("ix_possible_duplicate_commune_id_state_found_at", "commune_id", "state", "found_at"),
        Index("ix_possible_duplicate_other_id", "other_id"),
    )

    @property
    def reasons(self) -> list[str]:
        codes: list[str] = orjson.loads(self.why)
        return codes


@dataclass(frozen=True, slots=True)
class Found:
    """A pair as it was found. `why`: codes, the weightiest first."""

    entity: str
    one: str
    other: str
    score: float
    why: tuple[str, ...]


def within(villages: Collection[str]) -> ColumnElement[bool]:
    """Pairs both of whose records lie in these villages: nobody else may see or settle them."""
    here = list(villages)
    return PossibleDuplicate.village_id.in_(here) & PossibleDuplicate.other_village_id.in_(here)


def raise_pairs(found: Iterable[Found], places: Mapping[str, tuple[str, str]]) -> int:
    """Put pairs before people; how many are new. `places`: village and commune of each record.

    A decision is remembered: 'not the same' is raised again only when the two have come to share
    a number since, which one of them must then have lost or mistyped.
    """
    wanted = {(each.one, each.other): each for each in found}
    known = known_pairs({one for one, _other in wanted})
    for key, each in wanted.items():
        if key in known:
            _raise_again(known[key], each)
    # In one order for everybody, so that two runs never wait for each other; households first:
    # whoever settles them settles their people with them.
    fresh = sorted(wanted.keys() - known.keys(), key=lambda key: (wanted[key].entity, key))
    rows = [_row(wanted[key], places) for key in fresh]
    if rows:
        insert = sqlite.insert if is_sqlite() else postgresql.insert
        # Another run may have found the same pair a moment ago.
        db.session.execute(insert(PossibleDuplicate).on_conflict_do_nothing(), rows)
    return len(rows)


def known_pairs(ones: set[str]) -> dict[tuple[str, str], PossibleDuplicate]:
    """Every pair, in any state, whose first record is one of these."""
    query = select(PossibleDuplicate).where(among(PossibleDuplicate.one_id, ones))
    return {(pair.one_id, pair.other_id): pair for pair in db.session.scalars(query)}


def _raise_again(pair: PossibleDuplicate, found: Found) -> None:
    shared = {code for code in found.why if code in NUMBER_CODES}
    if pair.state == PairState.NOT_SAME and not shared - set(pair.reasons):
        return
    if pair.state == PairState.MERGED:
        return
    if pair.state != PairState.OPEN:
        pair.state, pair.decided_by, pair.decided_at = PairState.OPEN.value, None, None
        pair.found_at = now()
    pair.score, pair.why = found.score, _codes(found.why)


def _row(found: Found, places: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    (village, commune), (other_village, _) = places[found.one], places[found.other]
    return {
        "id": new_id(),
        "entity": found.entity,
        "one_id": found.one,
        "other_id": found.other,
        "commune_id": commune,
        "village_id": village,
        "other_village_id": other_village,
        "score": found.score,
        "why": _codes(found.why),
        "state": PairState.OPEN.value,
        "found_at": now(),
    }


def let_go(commune: str, found: Iterable[Found], begun: datetime) -> int:
    """Open pairs that a pass begun at that moment did not find any more are gone; how many."""
    still = {(each.one, each.other) for each in found}
    query = select(PossibleDuplicate).where(
        PossibleDuplicate.commune_id == commune,
        PossibleDuplicate.state == PairState.OPEN,
        PossibleDuplicate.found_at < begun,
    )
    gone = [it for it in db.session.scalars(query) if (it.one_id, it.other_id) not in still]
    for pair in gone:
        pair.state = PairState.GONE.value
    return len(gone)


def _codes(why: Iterable[str]) -> str:
    return orjson.dumps(list(why)).decode()
