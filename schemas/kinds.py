"""The closed lists of the wire. One class a list; the value is what is sent and stored."""

from enum import StrEnum


class Entity(StrEnum):
    HOUSEHOLD = "household"
    MEMBER = "member"
    CARD = "card"
    ENTITLEMENT = "entitlement"
    VISIT = "visit"
    FARM_ASSESSMENT = "farm_assessment"
    FARM_REQUEST = "farm_request"
    ENROLMENT = "enrolment"
    SPONSORSHIP = "sponsorship"
    LEAD = "lead"
    LISTING = "listing"
    FIELD_NOTE = "field_note"
    WAITING = "waiting"


class Role(StrEnum):
    SURVEYOR = "surveyor"
    OFFICER = "officer"
    BHXH = "bhxh"
    VIEWER = "viewer"
    ADMIN = "admin"


class OfficerRoom(StrEnum):
    """What a commune officer may decide: farm households, lists, or both."""

    FARM = "farm"
    LISTS = "lists"


class AreaLevel(StrEnum):
    PROVINCE = "province"
    FORMER_DISTRICT = "former_district"
    COMMUNE = "commune"
    VILLAGE = "village"


class AreaFact(StrEnum):
    """Dated facts of an area; `value` follows the fact (domain of each in schemas/areas.py)."""

    SETTLEMENT = "settlement"
    REGION = "region"
    SPECIAL_DIFFICULTY = "special_difficulty"
    ISLAND = "island"
    ATK = "atk"
    NEW_RURAL = "new_rural"
    POOR_COMMUNE = "poor_commune"
    LEFT_REGION = "left_region"


class ChangeStatus(StrEnum):
    APPLIED = "applied"
    MERGED = "merged"
    HELD = "held"
    MALFORMED = "malformed"


class WaitingState(StrEnum):
    OPEN = "open"
    APPLIED = "applied"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    RETURNED = "returned"
    ANSWERED = "answered"


class DeviceState(StrEnum):
    ACTIVE = "active"
    CLOSING = "closing"
    ERASE = "erase"


class Weight(StrEnum):
    """What a finding costs: a blocking value waits for review, a warned one is kept and shown."""

    BLOCKS = "blocks"
    WARNS = "warns"


class Status(StrEnum):
    """A member's insurance on a day, in the order of the rule: the first that fits."""

    COVERED = "covered"
    ELSEWHERE = "elsewhere"
    STARTING = "starting"
    UNCONFIRMED = "unconfirmed"
    EXPIRED = "expired"
    NONE = "none"
    NOT_ASKED = "not_asked"


UNINSURED = (Status.EXPIRED, Status.NONE)


class LivingClass(StrEnum):
    POOR = "poor"
    NEAR_POOR = "near_poor"
    AVERAGE = "average"
    OTHER = "other"


class LivingClassSource(StrEnum):
    DECISION = "decision"
    LIST = "list"
    TOLD = "told"


class BestTime(StrEnum):
    MORNING = "morning"
    NOON = "noon"
    EVENING = "evening"
    WEEKEND = "weekend"
    AFTER_HARVEST = "after_harvest"


class HouseholdEnd(StrEnum):
    MOVED_AWAY = "moved_away"
    DISSOLVED = "dissolved"
    DUPLICATE = "duplicate"
    OTHER = "other"


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


class PersonalIdState(StrEnum):
    SEEN = "seen"
    TOLD = "told"
    NOT_SHOWN = "not_shown"
    NOT_ISSUED = "not_issued"


class Relation(StrEnum):
    HEAD = "head"
    SPOUSE = "spouse"
    CHILD = "child"
    CHILD_IN_LAW = "child_in_law"
    PARENT = "parent"
    PARENT_IN_LAW = "parent_in_law"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    GREAT_GRANDCHILD = "great_grandchild"
    SIBLING = "sibling"
    SIBLING_IN_LAW = "sibling_in_law"
    NIECE_NEPHEW = "niece_nephew"
    OTHER_RELATIVE = "other_relative"
    WARD = "ward"
    NOT_RELATED = "not_related"


class Registration(StrEnum):
    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    NONE = "none"
    NOT_KNOWN = "not_known"


class Presence(StrEnum):
    HERE = "here"
    STUDYING = "studying"
    WORKING_AWAY = "working_away"
    ABROAD = "abroad"
    MILITARY = "military"
    TREATMENT = "treatment"
    DETAINED = "detained"
    OTHER = "other"


class Work(StrEnum):
    FARM = "farm"
    WAGE_CONTRACT = "wage_contract"
    WAGE_NO_CONTRACT = "wage_no_contract"
    OWN_BUSINESS = "own_business"
    PUPIL = "pupil"
    STUDENT = "student"
    HOMEMAKER = "homemaker"
    RETIRED = "retired"
    UNABLE = "unable"
    UNEMPLOYED = "unemployed"
    NONE = "none"


class InsuranceAnswer(StrEnum):
    HAS_CARD = "has_card"
    HAD_CARD = "had_card"
    NEVER_HAD = "never_had"
    DOES_NOT_KNOW = "does_not_know"
    REFUSED_TO_SAY = "refused_to_say"


class UninsuredReason(StrEnum):
    CANNOT_AFFORD = "cannot_afford"
    HEALTHY_NO_NEED = "healthy_no_need"
    AWAY = "away"
    NOT_INFORMED = "not_informed"
    BAD_EXPERIENCE = "bad_experience"
    LOST_SUPPORT = "lost_support"
    WAITING_FOR_STATE = "waiting_for_state"
    EMPLOYER_SHOULD_PAY = "employer_should_pay"
    SCHOOL_WILL_COLLECT = "school_will_collect"
    NO_PAPERS = "no_papers"
    LAPSED = "lapsed"
    OTHER = "other"


class Intention(StrEnum):
    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


class SocialInsurance(StrEnum):
    NONE = "none"
    COMPULSORY = "compulsory"
    VOLUNTARY = "voluntary"
    PAUSED = "paused"
    PENSION = "pension"
    MONTHLY_ALLOWANCE = "monthly_allowance"
    LUMP_SUM_TAKEN = "lump_sum_taken"


class VoluntaryInterest(StrEnum):
    YES = "yes"
    LATER = "later"
    NO = "no"


class LeadKind(StrEnum):
    """Why somebody may join voluntary social insurance: what the survey says, or BHXH's files."""

    SURVEY = "survey"
    PAUSED = "paused"
    JOBLESS = "jobless"
    LAPSED = "lapsed"


class LeadOutcome(StrEnum):
    JOINED = "joined"
    CALL_LATER = "call_later"
    NO = "no"
    NOT_FOUND = "not_found"


class ListingState(StrEnum):
    """How far a person's row has come on its list. `off`: it left the list, or the list went back
    to be a draft."""

    SUBMITTED = "submitted"
    SEALED = "sealed"
    PULLED = "pulled"
    RECEIVED = "received"
    ISSUED = "issued"
    RETURNED = "returned"
    OFF = "off"


class LivingArea(StrEnum):
    K1 = "K1"
    K2 = "K2"
    K3 = "K3"


class BirthRegistration(StrEnum):
    REGISTERED = "registered"
    BIRTH_PAPER = "birth_paper"
    NONE = "none"


class SinceReason(StrEnum):
    BORN = "born"
    MOVED_IN = "moved_in"
    FOUND = "found"


class MemberEnd(StrEnum):
    DECEASED = "deceased"
    MOVED_AWAY = "moved_away"
    DUPLICATE = "duplicate"
    OTHER = "other"


class EndEvidence(StrEnum):
    CERTIFICATE = "certificate"
    POLICE = "police"
    FAMILY = "family"
    VILLAGE_HEAD = "village_head"


class CardEvidence(StrEnum):
    APP = "app"
    BHXH_LIST = "bhxh_list"
    BHXH_ISSUED = "bhxh_issued"
    RECEIPT = "receipt"
    CARD_SEEN = "card_seen"
    SCHOOL = "school"
    EMPLOYER = "employer"
    UNIT = "unit"
    TOLD = "told"


class EntitlementKind(StrEnum):
    MERIT = "merit"
    MERIT_RELATIVE = "merit_relative"
    MARTYR_RELATIVE = "martyr_relative"
    VETERAN = "veteran"
    RESISTANCE = "resistance"
    SOCIAL_ALLOWANCE = "social_allowance"
    SOCIAL_PENSION = "social_pension"
    SURVIVOR_ALLOWANCE = "survivor_allowance"
    ARMED_FORCES = "armed_forces"
    ARMED_FORCES_FAMILY = "armed_forces_family"
    POLICE = "police"
    POLICE_FAMILY = "police_family"
    CIPHER = "cipher"
    CIPHER_FAMILY = "cipher_family"
    VILLAGE_OFFICER = "village_officer"
    VILLAGE_HEALTH_WORKER = "village_health_worker"
    GRASSROOTS_SECURITY = "grassroots_security"
    ARTISAN = "artisan"
    LEFT_POVERTY = "left_poverty"
    LEFT_REGION = "left_region"
    ORGAN_DONOR = "organ_donor"
    OTHER = "other"


class EntitlementEvidence(StrEnum):
    DECISION_SEEN = "decision_seen"
    LIST = "list"
    TOLD = "told"


class VisitOutcome(StrEnum):
    MET = "met"
    PARTLY = "partly"
    UNCHANGED = "unchanged"
    ABSENT = "absent"
    DECLINED = "declined"
    MOVED = "moved"
    NOT_FOUND = "not_found"
    WRONG_VILLAGE = "wrong_village"


class RespondentKind(StrEnum):
    MEMBER = "member"
    RELATIVE = "relative"
    NEIGHBOUR = "neighbour"
    VILLAGE_HEAD = "village_head"


class AbsenceReason(StrEnum):
    IN_THE_FIELDS = "in_the_fields"
    WORKING_FAR = "working_far"
    HOSPITAL = "hospital"
    AWAY = "away"
    LOCKED = "locked"


class FarmLine(StrEnum):
    CROPS = "crops"
    LIVESTOCK = "livestock"
    FARM_SERVICES = "farm_services"
    FORESTRY = "forestry"
    FISHERY = "fishery"
    SALT = "salt"
    WAGES = "wages"
    NON_FARM_BUSINESS = "non_farm_business"
    OTHER = "other"
    PENSION = "pension"
    MERIT_ALLOWANCE = "merit_allowance"
    SOCIAL_ALLOWANCE = "social_allowance"
    GIFTS = "gifts"


class FarmRequestState(StrEnum):
    """A request for recognition on its way, QĐ 24/2021/QĐ-TTg; without one it counts as submitted.
    The field sets the first two and takes a request back; the rest is the commune's."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECKED = "checked"
    POSTED = "posted"
    OBJECTED = "objected"
    RECHECKED = "rechecked"
    APPROVED = "approved"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class FarmDetermination(StrEnum):
    """What the commune found at the check, and again at a recheck."""

    QUALIFIES = "qualifies"
    DOES_NOT = "does_not"


class FarmBand(StrEnum):
    POOR = "poor"
    NEAR_POOR = "near_poor"
    POOR_OR_NEAR_POOR = "poor_or_near_poor"
    AVERAGE = "average"
    ABOVE = "above"


class FieldNoteKind(StrEnum):
    DIFFICULTY = "difficulty"
    COMPLAINT = "complaint"
    WRONG_CARD = "wrong_card"
    QUESTION = "question"


class FieldNoteState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Indicator(StrEnum):
    """What a target or a published figure counts; each has a denominator of its own."""

    BHYT_COVERAGE = "bhyt_coverage"
    CHILDREN_UNDER_6 = "children_under_6"
    PUPILS = "pupils"
    BUDGET_GROUPS = "budget_groups"
    FARM_HOUSEHOLDS = "farm_households"
    SOCIAL_INSURANCE = "social_insurance"
    VOLUNTARY_SOCIAL_INSURANCE = "voluntary_social_insurance"
    UNEMPLOYMENT_INSURANCE = "unemployment_insurance"


class Population(StrEnum):
    OFFICIAL = "official"
    REGISTERED = "registered"
    PRESENT = "present"


class EnrolmentState(StrEnum):
    """How far an enrolment has come, in this order; `returned` goes back to the field."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECKED = "checked"
    ON_LIST = "on_list"
    ISSUED = "issued"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class PaymentWay(StrEnum):
    CASH = "cash"
    TRANSFER = "transfer"


class SponsorKind(StrEnum):
    """Who pays for other people's cards."""

    BUSINESS = "business"
    PERSON = "person"
    FUND = "fund"
    SCHOOL = "school"
    COMMUNE_BUDGET = "commune_budget"


class CardListState(StrEnum):
    """A list of people for cards, from the commune's desk to the insurance. A sealed list never
    changes; `sent_back` is a draft again, with the approver's reason."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    SEALED = "sealed"
    DROPPED = "dropped"


class CardListRowKind(StrEnum):
    """Sections I and II of D03-TS."""

    INCREASE = "increase"
    DECREASE = "decrease"


class CardListRowState(StrEnum):
    """What the insurance has answered to a row: a card, a decrease taken note of, or it comes
    back."""

    OPEN = "open"
    ISSUED = "issued"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


class KeyScope(StrEnum):
    """What a key of an insurance unit's own software may do."""

    READ = "read"
    RECEIPT = "receipt"
    ANSWERS = "answers"


class AnswerOutcome(StrEnum):
    """What the insurance says of one row. `confirmed`: a decrease was taken note of."""

    ISSUED = "issued"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


class AnswerStatus(StrEnum):
    """What became of an answer. `held`: kept for a person to look at, nothing was overwritten;
    `dismissed`: looked at, what stood before stands; `refused`: cannot be read, correct it and
    send it again."""

    APPLIED = "applied"
    HELD = "held"
    DISMISSED = "dismissed"
    REFUSED = "refused"


class ReturnReason(StrEnum):
    """Why the insurance sends a row back; the same words say beforehand why it would."""

    ID_MISSING = "id_missing"
    ID_MISMATCH = "id_mismatch"
    NAME_MISMATCH = "name_mismatch"
    BIRTH_DATE_MISMATCH = "birth_date_mismatch"
    SEX_MISMATCH = "sex_mismatch"
    ALREADY_INSURED = "already_insured"
    DUPLICATE_ON_LIST = "duplicate_on_list"
    NOT_ON_APPROVED_LIST = "not_on_approved_list"
    WRONG_GROUP = "wrong_group"
    WRONG_SUPPORT = "wrong_support"
    RECEIPT_MISSING = "receipt_missing"
    AMOUNT_MISMATCH = "amount_mismatch"
    CLINIC_MISSING = "clinic_missing"
    CLINIC_CLOSED = "clinic_closed"
    BIRTH_NOT_REGISTERED = "birth_not_registered"
    DECEASED = "deceased"
    MOVED_AWAY = "moved_away"
    OTHER = "other"


class DutyKind(StrEnum):
    """What a named person answers for in a village, or in a whole commune."""

    COMMITTEE_MEMBER = "committee_member"
    VILLAGE_HEAD = "village_head"
    PARTY_SECRETARY = "party_secretary"
    COLLECTOR = "collector"
    SURVEY_TEAM = "survey_team"
    RESPECTED_PERSON = "respected_person"


class PlanState(StrEnum):
    """A draft counts for nothing yet; a replaced plan counts for the days before the new one."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    REPLACED = "replaced"


class TargetHolder(StrEnum):
    """Whose target it is: the area's own, or a part that somebody in it answers for."""

    AREA = "area"
    PERSON = "person"
    SCHOOL = "school"
    AGENCY = "agency"


class PlanBasis(StrEnum):
    """Numbers of people that a plan names beside its targets; each may be a denominator."""

    POPULATION = "population"
    WORKING_AGE = "working_age"
    LABOUR_FORCE = "labour_force"
