"""The records phones and desk exchange: what `set` and `data` hold. This is their definition."""

from typing import Any

from marshmallow import EXCLUDE, Schema

from schemas import kinds
from schemas.fields import (
    MONEY_LIMIT,
    Count,
    Day,
    Flag,
    Id,
    Month,
    Note,
    Number,
    OneOf,
    PartialDate,
    Pattern,
    Rows,
    Text,
    WireField,
)
from schemas.kinds import Entity

PERSONAL_ID = r"\d{12}"
OLD_ID_NUMBER = r"\d{9}"
BHXH_NUMBER = r"\d{10}"
CARD_NUMBER = r"[A-Z]{2}[1-5]\d{2}\d{10}|\d{10}"
RECEIPT_LIMIT = 99_999_999
GROUP = r"[A-Za-z_]{2,40}"
PHONE = r"\+?\d[\d .-]{5,18}"


class RecordSchema(Schema):
    """A record as it stands, or the part of it that a change sets."""

    class Meta:
        unknown = EXCLUDE


class Household(RecordSchema):
    village = Id(needed=True)
    code = Text()
    address = Text()
    hamlet = Text()
    directions = Text()
    phone = Pattern(PHONE)
    note = Note()
    living_class = OneOf(kinds.LivingClass)
    living_class_source = OneOf(kinds.LivingClassSource)
    living_class_from = Day()
    living_class_to = Day()
    average_farm = Flag(desk_only=True)
    average_farm_from = Day(desk_only=True)
    average_farm_to = Day(desk_only=True)
    hardship = Flag()
    latitude = Number(-90, 90)
    longitude = Number(-180, 180)
    accuracy_m = Number(0, 100_000)
    bhxh_household_code = Text()
    best_time = OneOf(kinds.BestTime)
    notice_version = Text()
    notice_on = Day()
    confirmed_on = Day()
    ended_on = PartialDate()
    end_reason = OneOf(kinds.HouseholdEnd)
    merged_into = Id(desk_only=True)


class Member(RecordSchema):
    household = Id(needed=True)
    full_name = Text(needed=True)
    known_as = Text()
    name_is_provisional = Flag()
    birth_date = PartialDate()
    birth_is_estimate = Flag()
    sex = OneOf(kinds.Sex)
    personal_id = Pattern(PERSONAL_ID)
    personal_id_state = OneOf(kinds.PersonalIdState)
    old_id_number = Pattern(OLD_ID_NUMBER)
    bhxh_number = Pattern(BHXH_NUMBER)
    ethnic_group = Pattern(r"0[1-9]|[1-4]\d|5[0-6]")
    nationality = Pattern(r"[A-Z]{2}")
    relation = OneOf(kinds.Relation)
    registration = OneOf(kinds.Registration)
    presence = OneOf(kinds.Presence)
    away_since = PartialDate()
    away_place = Text()
    phone = Pattern(PHONE)
    note = Note()
    work = OneOf(kinds.Work)
    school = Id()
    school_other = Text()
    school_class = Text()
    boards = Flag()
    insurance_answer = OneOf(kinds.InsuranceAnswer)
    insurance_asked_on = Day()
    uninsured_reason = OneOf(kinds.UninsuredReason)
    intends_to_join = OneOf(kinds.Intention)
    join_on = Day()
    social_insurance = OneOf(kinds.SocialInsurance)
    voluntary_paid_to = PartialDate()
    voluntary_interest = OneOf(kinds.VoluntaryInterest)
    unemployment_insurance = Flag()
    unemployment_benefit_to = PartialDate()
    clinic_wanted = Text()
    living_area = OneOf(kinds.LivingArea)
    mother = Id()
    guardian = Id()
    guardian_name = Text()
    birth_registration = OneOf(kinds.BirthRegistration)
    birth_registered_at = Text()
    since = PartialDate()
    since_reason = OneOf(kinds.SinceReason)
    ended_on = PartialDate()
    end_reason = OneOf(kinds.MemberEnd)
    end_evidence = OneOf(kinds.EndEvidence)
    moved_to = Text()
    merged_into = Id(desk_only=True)


class Card(RecordSchema):
    member = Id(needed=True)
    evidence = OneOf(kinds.CardEvidence, needed=True)
    number = Pattern(CARD_NUMBER)
    insurance_group = Pattern(r"[A-Z]{2}")
    benefit_level = Pattern(r"[1-5]")
    valid_from = PartialDate()
    valid_to = PartialDate()
    checked_on = Day()
    first_clinic = Text()
    five_year_on = Day()
    void_reason = Text()


class Entitlement(RecordSchema):
    member = Id(needed=True)
    kind = OneOf(kinds.EntitlementKind, needed=True)
    valid_from = PartialDate()
    valid_to = PartialDate()
    evidence = OneOf(kinds.EntitlementEvidence)
    number = Text()


class Visit(RecordSchema):
    household = Id(needed=True)
    on = Day(needed=True)
    outcome = OneOf(kinds.VisitOutcome, needed=True)
    respondent = Id()
    respondent_kind = OneOf(kinds.RespondentKind)
    absence_reason = OneOf(kinds.AbsenceReason)
    come_back_on = Day()
    suggested_village = Id()
    note = Note()


class FarmAssessmentLine(RecordSchema):
    """Revenue and cost of twelve months, whole đồng."""

    line = OneOf(kinds.FarmLine, needed=True)
    revenue = Count(-MONEY_LIMIT, MONEY_LIMIT)
    cost = Count(-MONEY_LIMIT, MONEY_LIMIT)


class FarmAssessment(RecordSchema):
    household = Id(needed=True)
    months_to = Month(needed=True)
    lines = Rows(FarmAssessmentLine, limit=50)
    people = Count(0, 200)
    farm_workers = Count(0, 200)
    main_activity = Text()
    note = Note()


class FarmRequestLine(RecordSchema):
    """What the commune decided on a line of the worksheet that the law leaves open."""

    line = OneOf(kinds.FarmLine, needed=True)
    counts = Flag(needed=True)


class FarmRequest(RecordSchema):
    """Recognition as an average farm household, from request to decision: QĐ 24/2021/QĐ-TTg.

    `band` and `per_person_month` (đồng) are what the check found, and stay when the worksheet or
    the law changes later. `valid_to` is empty while no term is known.
    """

    household = Id(needed=True)
    requested_on = Day(needed=True)
    assessment = Id()
    applicant = Id()
    reason = Note()
    note = Note()
    state = OneOf(kinds.FarmRequestState)
    procedure_version = Text(desk_only=True)
    checked_on = Day(desk_only=True)
    in_sector = Flag(desk_only=True)
    open_lines = Rows(FarmRequestLine, limit=10, desk_only=True)
    per_person_month = Count(-MONEY_LIMIT, MONEY_LIMIT, desk_only=True)
    band = OneOf(kinds.FarmBand, desk_only=True)
    verdict = OneOf(kinds.FarmDetermination, desk_only=True)
    posted_on = Day(desk_only=True)
    posting_ends_on = Day(desk_only=True)
    objected_on = Day(desk_only=True)
    objection = Note(desk_only=True)
    rechecked_on = Day(desk_only=True)
    objection_answer = Note(desk_only=True)
    decision_number = Text(desk_only=True)
    decided_on = Day(desk_only=True)
    valid_from = Day(desk_only=True)
    valid_to = Day(desk_only=True)
    refusal_reason = Note(desk_only=True)


class Enrolment(RecordSchema):
    """One person's insurance paid for, from the receipt to the card. Amounts are whole đồng for all
    months; `ladder_place` counts the household's payers from 1. `receipt` is one id for all who
    stand on one receipt; `collected_by` is the user who took the money; `sponsorship` says whose
    promise filled `other_support`."""

    member = Id(needed=True)
    insurance_group = Pattern(GROUP)
    ladder_place = Count(1, 50)
    months = Count(1, 12)
    paid_on = Day()
    total = Count(-MONEY_LIMIT, MONEY_LIMIT)
    state_support = Count(-MONEY_LIMIT, MONEY_LIMIT)
    local_support = Count(-MONEY_LIMIT, MONEY_LIMIT)
    other_support = Count(-MONEY_LIMIT, MONEY_LIMIT)
    own_share = Count(-MONEY_LIMIT, MONEY_LIMIT)
    sponsorship = Id()
    override_reason = Note()
    payment = OneOf(kinds.PaymentWay)
    receipt = Id()
    receipt_book = Id()
    receipt_number = Count(1, RECEIPT_LIMIT)
    collected_by = Id()
    collector_code = Text()
    mobilised_by = Text()
    card_from = Day()
    card_to = Day()
    notice_version = Text()
    phone_consent = Flag()
    note = Note()
    state = OneOf(kinds.EnrolmentState)
    state_on = Day()
    state_by = Text()
    return_reason = Note(desk_only=True)
    cancelled_reason = Note()


class Sponsorship(RecordSchema):
    """What a sponsor pays for one person's card: `amount` is whole đồng for all `months`. The
    commune gives it and takes it back; the phone reads it. It lapses after `ends_on` if no
    enrolment used it."""

    member = Id(needed=True, desk_only=True)
    sponsor = Id(needed=True, desk_only=True)
    sponsor_name = Text(desk_only=True)
    amount = Count(-MONEY_LIMIT, MONEY_LIMIT, desk_only=True)
    months = Count(1, 12, desk_only=True)
    insurance_group = Pattern(GROUP, desk_only=True)
    agreed_on = Day(desk_only=True)
    ends_on = Day(desk_only=True)
    withdrawn_on = Day(desk_only=True)
    withdrawn_reason = Note(desk_only=True)
    note = Note(desk_only=True)


class Lead(RecordSchema):
    """Somebody who may join voluntary social insurance. The commune says who, why and whom it asks
    to talk to them (`assigned_to`: a user); the field says what came of it. `benefit_to`: the last
    month of a jobless benefit; `paid_to`: until when a lapsed payer had paid; `source`: the file or
    the survey. Open while `outcome` is empty or `call_later`."""

    member = Id(needed=True, desk_only=True)
    kind = OneOf(kinds.LeadKind, needed=True, desk_only=True)
    source = Text(desk_only=True)
    benefit_to = PartialDate(desk_only=True)
    paid_to = PartialDate(desk_only=True)
    assigned_to = Id(desk_only=True)
    asked_on = Day(desk_only=True)
    outcome = OneOf(kinds.LeadOutcome)
    outcome_on = Day()
    call_on = Day()
    mobilised_by = Text()
    note = Note()


class Listing(RecordSchema):
    """On which list to the insurance a person stands, and how far it has come since `state_on`. One
    for each row of a list; the office's steps and the insurance's answers write it, phones read
    it."""

    member = Id(needed=True, desk_only=True)
    list_number = Text(needed=True, desk_only=True)
    state = OneOf(kinds.ListingState, needed=True, desk_only=True)
    state_on = Day(desk_only=True)


class FieldNote(RecordSchema):
    about = Id(needed=True)
    kind = OneOf(kinds.FieldNoteKind, needed=True)
    text = Note(needed=True)
    state = OneOf(kinds.FieldNoteState)
    answer = Note()


RECORDS: dict[Entity, type[RecordSchema]] = {
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

PARENT_FIELD: dict[Entity, str] = {
    Entity.HOUSEHOLD: "village",
    Entity.MEMBER: "household",
    Entity.CARD: "member",
    Entity.ENTITLEMENT: "member",
    Entity.VISIT: "household",
    Entity.FARM_ASSESSMENT: "household",
    Entity.FARM_REQUEST: "household",
    Entity.ENROLMENT: "member",
    Entity.SPONSORSHIP: "member",
    Entity.LEAD: "member",
    Entity.LISTING: "member",
    Entity.FIELD_NOTE: "about",
}

DESK_ONLY_EVIDENCE = frozenset({kinds.CardEvidence.BHXH_LIST, kinds.CardEvidence.BHXH_ISSUED})

FIELD_FARM_STATES = frozenset(
    {
        kinds.FarmRequestState.DRAFT,
        kinds.FarmRequestState.SUBMITTED,
        kinds.FarmRequestState.CANCELLED,
    }
)
"""Where a farm request stands while it is still the field's: only these does a surveyor set, and
only then anything else of it."""

TOGETHER: tuple[frozenset[str], ...] = (
    frozenset({"valid_from", "valid_to"}),
    frozenset({"ended_on", "end_reason"}),
    frozenset({"since", "since_reason"}),
    frozenset({"latitude", "longitude", "accuracy_m"}),
    frozenset({"intends_to_join", "join_on"}),
    frozenset(
        {
            "ladder_place",
            "months",
            "paid_on",
            "total",
            "state_support",
            "local_support",
            "other_support",
            "own_share",
            "sponsorship",
            "override_reason",
            "card_from",
            "card_to",
        }
    ),
    frozenset({"receipt", "receipt_book", "receipt_number"}),
    frozenset({"state", "state_on", "state_by", "return_reason", "cancelled_reason"}),
    frozenset({"withdrawn_on", "withdrawn_reason"}),
    frozenset({"outcome", "outcome_on", "call_on", "mobilised_by"}),
)
"""Fields that mean something only together: they apply or wait as one."""


def record_fields(entity: Entity) -> dict[str, WireField]:
    """The fields of a kind of record, by name, in the order of their definition."""
    declared: dict[str, Any] = RECORDS[entity]._declared_fields
    return {name: field for name, field in declared.items() if isinstance(field, WireField)}
