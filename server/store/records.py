"""The synced records. `data` is the record as it goes over the wire; `changes.lifting` fills the
other columns from it because some query needs them. One function writes both."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from schemas.kinds import Entity
from server.store.db import Base

ID = String(36)
DAY = String(10)


class SyncedRecord:
    """Where a record lies: its village's feed, and the household it hangs on."""

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    village_id: Mapped[str] = mapped_column(ID)
    household_id: Mapped[str] = mapped_column(ID)
    rev: Mapped[int] = mapped_column(BigInteger)
    data: Mapped[str] = mapped_column(Text)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index, ...]:
        name: str = cls.__tablename__  # type: ignore[attr-defined]
        return (
            Index(f"ix_{name}_village_id_rev", "village_id", "rev"),
            Index(f"ix_{name}_household_id", "household_id"),
        )


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class Household(SyncedRecord, Base):
    __tablename__ = "household"
    code: Mapped[str | None] = mapped_column(String(200))
    hamlet: Mapped[str | None] = mapped_column(String(200))
    search: Mapped[str] = mapped_column(Text)
    living_class: Mapped[str | None] = mapped_column(String(20))
    average_farm: Mapped[bool | None] = mapped_column(Boolean)
    hardship: Mapped[bool | None] = mapped_column(Boolean)
    last_day: Mapped[str | None] = mapped_column(DAY)
    merged_into: Mapped[str | None] = mapped_column(ID)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index, ...]:
        return (
            Index("ix_household_village_id_rev", "village_id", "rev"),
            Index("ix_household_village_id_code", "village_id", "code"),
            Index("ix_household_merged_into", "merged_into", **_where("merged_into IS NOT NULL")),
            Index(
                "ix_household_hardship",
                "village_id",
                sqlite_where=text("hardship = 1"),
                postgresql_where=text("hardship = true"),
            ),
        )


class Member(SyncedRecord, Base):
    __tablename__ = "member"
    full_name: Mapped[str] = mapped_column(String(200))
    search: Mapped[str] = mapped_column(Text)
    birth_date: Mapped[str | None] = mapped_column(DAY)
    sex: Mapped[str | None] = mapped_column(String(10))
    relation: Mapped[str | None] = mapped_column(String(20))
    personal_id: Mapped[str | None] = mapped_column(String(12))
    bhxh_number: Mapped[str | None] = mapped_column(String(10))
    ethnic_group: Mapped[str | None] = mapped_column(String(2))
    registration: Mapped[str | None] = mapped_column(String(20))
    presence: Mapped[str | None] = mapped_column(String(20))
    insurance_answer: Mapped[str | None] = mapped_column(String(20))
    insurance_asked_on: Mapped[str | None] = mapped_column(DAY)
    uninsured_reason: Mapped[str | None] = mapped_column(String(30))
    social_insurance: Mapped[str | None] = mapped_column(String(30))
    first_day: Mapped[str | None] = mapped_column(DAY)
    last_day: Mapped[str | None] = mapped_column(DAY)
    merged_into: Mapped[str | None] = mapped_column(ID)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index, ...]:
        return (
            Index("ix_member_village_id_rev", "village_id", "rev"),
            Index("ix_member_household_id", "household_id"),
            Index("ix_member_personal_id", "personal_id"),
            Index("ix_member_bhxh_number", "bhxh_number"),
            Index("ix_member_merged_into", "merged_into", **_where("merged_into IS NOT NULL")),
        )


class Card(SyncedRecord, Base):
    """`first_day`, `last_day`: the days between which the card is certain to count."""

    __tablename__ = "card"
    member_id: Mapped[str] = mapped_column(ID, ForeignKey("member.id"))
    evidence: Mapped[str] = mapped_column(String(20))
    first_day: Mapped[str | None] = mapped_column(DAY)
    last_day: Mapped[str | None] = mapped_column(DAY)
    checked_on: Mapped[str | None] = mapped_column(DAY)
    insurance_group: Mapped[str | None] = mapped_column(String(2))
    void: Mapped[bool] = mapped_column(Boolean)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index, ...]:
        return (
            Index("ix_card_village_id_rev", "village_id", "rev"),
            Index("ix_card_household_id", "household_id"),
            Index("ix_card_member_id", "member_id"),
        )


class Entitlement(SyncedRecord, Base):
    __tablename__ = "entitlement"
    member_id: Mapped[str] = mapped_column(ID, ForeignKey("member.id"))
    kind: Mapped[str] = mapped_column(String(30))
    first_day: Mapped[str | None] = mapped_column(DAY)
    last_day: Mapped[str | None] = mapped_column(DAY)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index, ...]:
        return (
            Index("ix_entitlement_village_id_rev", "village_id", "rev"),
            Index("ix_entitlement_household_id", "household_id"),
            Index("ix_entitlement_member_id", "member_id"),
        )


class Visit(SyncedRecord, Base):
    __tablename__ = "visit"
    on: Mapped[str] = mapped_column(DAY)
    outcome: Mapped[str] = mapped_column(String(20))
    come_back_on: Mapped[str | None] = mapped_column(DAY)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index, ...]:
        return (
            Index("ix_visit_village_id_rev", "village_id", "rev"),
            Index("ix_visit_household_id", "household_id"),
            Index("ix_visit_wrong_village", "village_id", **_where("outcome = 'wrong_village'")),
        )


class FarmAssessment(SyncedRecord, Base):
    __tablename__ = "farm_assessment"
    months_to: Mapped[str] = mapped_column(String(7))


class FarmRequest(SyncedRecord, Base):
    __tablename__ = "farm_request"
    state: Mapped[str] = mapped_column(String(10))
    requested_on: Mapped[str] = mapped_column(DAY)
    decision_number: Mapped[str | None] = mapped_column(String(200))

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index, ...]:
        return (
            Index("ix_farm_request_village_id_rev", "village_id", "rev"),
            Index("ix_farm_request_household_id", "household_id"),
            Index("ix_farm_request_village_id_state", "village_id", "state"),
        )


class Enrolment(SyncedRecord, Base):
    """`first_day`, `last_day`: the days on which it makes a person wait for a card, if it
    `stands`."""

    __tablename__ = "enrolment"
    member_id: Mapped[str] = mapped_column(ID, ForeignKey("member.id"))
    state: Mapped[str] = mapped_column(String(10))
    stands: Mapped[bool] = mapped_column(Boolean)
    first_day: Mapped[str] = mapped_column(DAY)
    last_day: Mapped[str | None] = mapped_column(DAY)
    paid_on: Mapped[str | None] = mapped_column(DAY)
    collected_by: Mapped[str | None] = mapped_column(ID)
    receipt_book: Mapped[str | None] = mapped_column(ID)
    receipt_number: Mapped[int | None] = mapped_column(Integer)
    sponsorship_id: Mapped[str | None] = mapped_column(ID)
    sponsored: Mapped[int | None] = mapped_column(BigInteger)
    """What others pay of it, where a sponsorship says who."""

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index, ...]:
        return (
            Index("ix_enrolment_village_id_rev", "village_id", "rev"),
            Index("ix_enrolment_household_id", "household_id"),
            Index("ix_enrolment_member_id", "member_id"),
            Index("ix_enrolment_village_id_state", "village_id", "state"),
            Index("ix_enrolment_collected_by_paid_on", "collected_by", "paid_on"),
            Index("ix_enrolment_paid_on_village_id", "paid_on", "village_id"),
            Index("ix_enrolment_receipt_book_receipt_number", "receipt_book", "receipt_number"),
            Index("ix_enrolment_sponsorship_id", "sponsorship_id"),
        )


class Sponsorship(SyncedRecord, Base):
    """A sponsor's row lies at the desk and not in a phone's feed, so no key holds the two."""

    __tablename__ = "sponsorship"
    member_id: Mapped[str] = mapped_column(ID, ForeignKey("member.id"))
    sponsor_id: Mapped[str] = mapped_column(ID)
    amount: Mapped[int] = mapped_column(BigInteger)
    agreed_on: Mapped[str | None] = mapped_column(DAY)
    ends_on: Mapped[str | None] = mapped_column(DAY)
    withdrawn_on: Mapped[str | None] = mapped_column(DAY)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index, ...]:
        return (
            Index("ix_sponsorship_village_id_rev", "village_id", "rev"),
            Index("ix_sponsorship_household_id", "household_id"),
            Index("ix_sponsorship_member_id", "member_id"),
            Index("ix_sponsorship_sponsor_id", "sponsor_id"),
        )


class Lead(SyncedRecord, Base):
    """`assigned_to` is no key: a phone may know a user that this database has not."""

    __tablename__ = "lead"
    member_id: Mapped[str] = mapped_column(ID, ForeignKey("member.id"))
    kind: Mapped[str] = mapped_column(String(10))
    assigned_to: Mapped[str | None] = mapped_column(ID)
    asked_on: Mapped[str | None] = mapped_column(DAY)
    outcome: Mapped[str | None] = mapped_column(String(12))
    outcome_on: Mapped[str | None] = mapped_column(DAY)
    mobilised_by: Mapped[str | None] = mapped_column(String(200))

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index, ...]:
        return (
            Index("ix_lead_village_id_rev", "village_id", "rev"),
            Index("ix_lead_household_id", "household_id"),
            Index("ix_lead_member_id", "member_id"),
        )


class Listing(SyncedRecord, Base):
    """Its id is that of the row of the list."""

    __tablename__ = "listing"
    member_id: Mapped[str] = mapped_column(ID, ForeignKey("member.id"))

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index, ...]:
        return (
            Index("ix_listing_village_id_rev", "village_id", "rev"),
            Index("ix_listing_household_id", "household_id"),
            Index("ix_listing_member_id", "member_id"),
        )


class FieldNote(SyncedRecord, Base):
    __tablename__ = "field_note"
    about_id: Mapped[str] = mapped_column(ID, index=True)
    state: Mapped[str] = mapped_column(String(10))

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index, ...]:
        return (
            Index("ix_field_note_village_id_rev", "village_id", "rev"),
            Index("ix_field_note_household_id", "household_id"),
            Index("ix_field_note_open", "village_id", **_where("state = 'open'")),
        )


TABLES: dict[Entity, type[SyncedRecord]] = {
    Entity.HOUSEHOLD: Household,
    Entity.MEMBER: Member,
    Entity.CARD: Card,
    Entity.ENTITLEMENT: Entitlement,
    Entity.VISIT: Visit,
    Entity.FARM_ASSESSMENT: FarmAssessment,
    Entity.FARM_REQUEST: FarmRequest,
    Entity.ENROLMENT: Enrolment,
    Entity.SPONSORSHIP: Sponsorship,
    Entity.LEAD: Lead,
    Entity.LISTING: Listing,
    Entity.FIELD_NOTE: FieldNote,
}
