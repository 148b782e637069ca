"""Lists of people for cards: what the commune submits, approves and seals, and the insurance pulls.
A sealed list and its rows never change; what comes after it is answers beside it."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, String, Text, event, inspect
from sqlalchemy.orm import Mapped, mapped_column

from server.errors import Problem
from server.store.db import Base, new_id, now

ID, DAY = String(36), String(10)
MOMENT = DateTime(timezone=True)


class UnitFeed(Base):
    """The last place given out in the order of one insurance unit's sealed lists. Sealing locks
    this row first, so that the order of places is the order of commits."""

    __tablename__ = "unit_feed"
    unit_id: Mapped[str] = mapped_column(ID, primary_key=True)
    rev: Mapped[int] = mapped_column(BigInteger, default=0)


class CardList(Base):
    """One D03-TS: one group and one rate of support, of one commune. `number` is the system's own
    and unique, given when the list is submitted; `document_number` is what the paper says. `totals`
    (JSON), `row_count` and `digest` are of the rows as sealed (schemas.card_lists). `cards_from`:
    the first day of its cards where the law names none."""

    __tablename__ = "card_list"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    commune_id: Mapped[str] = mapped_column(ForeignKey("area.id"))
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("bhxh_unit.id"))
    insurance_group: Mapped[str] = mapped_column(String(40))
    support_percent: Mapped[str | None] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(200))
    cards_from: Mapped[str | None] = mapped_column(DAY)
    maker_name: Mapped[str | None] = mapped_column(String(200))
    maker_code: Mapped[str | None] = mapped_column(String(40))
    supplements_id: Mapped[str | None] = mapped_column(ForeignKey("card_list.id"), index=True)
    state: Mapped[str] = mapped_column(String(12))
    created_by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(MOMENT, default=now)
    memo_number: Mapped[str | None] = mapped_column(String(60))
    memo_on: Mapped[str | None] = mapped_column(DAY)
    submitted_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    submitted_at: Mapped[datetime | None] = mapped_column(MOMENT)
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(MOMENT)
    decision_note: Mapped[str | None] = mapped_column(Text)
    number: Mapped[str | None] = mapped_column(String(60), unique=True)
    document_number: Mapped[str | None] = mapped_column(String(60))
    sealed_on: Mapped[str | None] = mapped_column(DAY)
    sealed_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    sealed_at: Mapped[datetime | None] = mapped_column(MOMENT)
    signer: Mapped[str | None] = mapped_column(String(200))
    signer_title: Mapped[str | None] = mapped_column(String(200))
    rev: Mapped[int | None] = mapped_column(BigInteger)
    row_count: Mapped[int | None]
    totals: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(String(64))
    __table_args__ = (
        Index("ix_card_list_commune_id_state", "commune_id", "state"),
        Index("ix_card_list_unit_id_rev", "unit_id", "rev", unique=True),
    )


class CardListRow(Base):
    """One person on a list. `claim` is set while the row may still bring a card, and unique: nobody
    is on two open lists for the same card. `data` is empty until the list is sealed. `confirmed`:
    the reasons to come back that an officer has looked at, with commas. `return_reason`: why the
    insurance sent it back, while it is `returned`."""

    __tablename__ = "card_list_row"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    list_id: Mapped[str] = mapped_column(ForeignKey("card_list.id"))
    place: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), index=True)
    enrolment_id: Mapped[str | None] = mapped_column(ID, index=True)
    village_id: Mapped[str] = mapped_column(ID)
    claim: Mapped[str | None] = mapped_column(String(80), unique=True)
    state: Mapped[str] = mapped_column(String(10), default="open")
    decrease_reason: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(Text)
    confirmed: Mapped[str | None] = mapped_column(Text)
    return_reason: Mapped[str | None] = mapped_column(String(30))
    data: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(MOMENT)
    __table_args__ = (
        Index("ix_card_list_row_list_id_place", "list_id", "place", unique=True),
        Index("ix_card_list_row_village_id_state", "village_id", "state"),
    )


FROZEN = ("list_id", "place", "kind", "member_id", "enrolment_id", "village_id", "data")
"""What a row says once its list is sealed; claim, state and answer come after."""


@event.listens_for(CardList, "before_update")
def _list_stays(_mapper: Any, _connection: Any, it: CardList) -> None:
    told = inspect(it).attrs
    sealed_now = told.sealed_at.history.added
    if it.sealed_at is not None and not sealed_now and any(a.history.has_changes() for a in told):
        raise Problem("list_sealed")


@event.listens_for(CardListRow, "before_update")
def _row_stays(_mapper: Any, _connection: Any, it: CardListRow) -> None:
    told = inspect(it).attrs
    frozen_now = told.data.history.added and not any(told.data.history.deleted or ())
    if it.data is None or frozen_now:
        return
    if any(told[name].history.has_changes() for name in FROZEN):
        raise Problem("list_sealed")


@event.listens_for(CardList, "before_delete")
@event.listens_for(CardListRow, "before_delete")
def _nothing_sealed_goes(_mapper: Any, _connection: Any, it: CardList | CardListRow) -> None:
    sealed = it.sealed_at if isinstance(it, CardList) else it.data
    if sealed is not None:
        raise Problem("list_sealed")
