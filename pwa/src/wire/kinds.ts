// Made from schemas/ by `make schemas`. Do not edit.

export const ENTITY = [
  "household",
  "member",
  "card",
  "entitlement",
  "visit",
  "farm_assessment",
  "farm_request",
  "enrolment",
  "sponsorship",
  "lead",
  "listing",
  "field_note",
  "waiting"
] as const;
export type Entity = (typeof ENTITY)[number];

export const ROLE = [
  "surveyor",
  "officer",
  "bhxh",
  "viewer",
  "admin"
] as const;
export type Role = (typeof ROLE)[number];

export const OFFICER_ROOM = [
  "farm",
  "lists"
] as const;
export type OfficerRoom = (typeof OFFICER_ROOM)[number];

export const AREA_LEVEL = [
  "province",
  "former_district",
  "commune",
  "village"
] as const;
export type AreaLevel = (typeof AREA_LEVEL)[number];

export const AREA_FACT = [
  "settlement",
  "region",
  "special_difficulty",
  "island",
  "atk",
  "new_rural",
  "poor_commune",
  "left_region"
] as const;
export type AreaFact = (typeof AREA_FACT)[number];

export const CHANGE_STATUS = [
  "applied",
  "merged",
  "held",
  "malformed"
] as const;
export type ChangeStatus = (typeof CHANGE_STATUS)[number];

export const WAITING_STATE = [
  "open",
  "applied",
  "rejected",
  "superseded",
  "returned",
  "answered"
] as const;
export type WaitingState = (typeof WAITING_STATE)[number];

export const DEVICE_STATE = [
  "active",
  "closing",
  "erase"
] as const;
export type DeviceState = (typeof DEVICE_STATE)[number];

export const WEIGHT = [
  "blocks",
  "warns"
] as const;
export type Weight = (typeof WEIGHT)[number];

export const STATUS = [
  "covered",
  "elsewhere",
  "starting",
  "unconfirmed",
  "expired",
  "none",
  "not_asked"
] as const;
export type Status = (typeof STATUS)[number];

export const LIVING_CLASS = [
  "poor",
  "near_poor",
  "average",
  "other"
] as const;
export type LivingClass = (typeof LIVING_CLASS)[number];

export const LIVING_CLASS_SOURCE = [
  "decision",
  "list",
  "told"
] as const;
export type LivingClassSource = (typeof LIVING_CLASS_SOURCE)[number];

export const BEST_TIME = [
  "morning",
  "noon",
  "evening",
  "weekend",
  "after_harvest"
] as const;
export type BestTime = (typeof BEST_TIME)[number];

export const HOUSEHOLD_END = [
  "moved_away",
  "dissolved",
  "duplicate",
  "other"
] as const;
export type HouseholdEnd = (typeof HOUSEHOLD_END)[number];

export const SEX = [
  "male",
  "female"
] as const;
export type Sex = (typeof SEX)[number];

export const PERSONAL_ID_STATE = [
  "seen",
  "told",
  "not_shown",
  "not_issued"
] as const;
export type PersonalIdState = (typeof PERSONAL_ID_STATE)[number];

export const RELATION = [
  "head",
  "spouse",
  "child",
  "child_in_law",
  "parent",
  "parent_in_law",
  "grandparent",
  "grandchild",
  "great_grandchild",
  "sibling",
  "sibling_in_law",
  "niece_nephew",
  "other_relative",
  "ward",
  "not_related"
] as const;
export type Relation = (typeof RELATION)[number];

export const REGISTRATION = [
  "permanent",
  "temporary",
  "none",
  "not_known"
] as const;
export type Registration = (typeof REGISTRATION)[number];

export const PRESENCE = [
  "here",
  "studying",
  "working_away",
  "abroad",
  "military",
  "treatment",
  "detained",
  "other"
] as const;
export type Presence = (typeof PRESENCE)[number];

export const WORK = [
  "farm",
  "wage_contract",
  "wage_no_contract",
  "own_business",
  "pupil",
  "student",
  "homemaker",
  "retired",
  "unable",
  "unemployed",
  "none"
] as const;
export type Work = (typeof WORK)[number];

export const INSURANCE_ANSWER = [
  "has_card",
  "had_card",
  "never_had",
  "does_not_know",
  "refused_to_say"
] as const;
export type InsuranceAnswer = (typeof INSURANCE_ANSWER)[number];

export const UNINSURED_REASON = [
  "cannot_afford",
  "healthy_no_need",
  "away",
  "not_informed",
  "bad_experience",
  "lost_support",
  "waiting_for_state",
  "employer_should_pay",
  "school_will_collect",
  "no_papers",
  "lapsed",
  "other"
] as const;
export type UninsuredReason = (typeof UNINSURED_REASON)[number];

export const INTENTION = [
  "yes",
  "no",
  "undecided"
] as const;
export type Intention = (typeof INTENTION)[number];

export const SOCIAL_INSURANCE = [
  "none",
  "compulsory",
  "voluntary",
  "paused",
  "pension",
  "monthly_allowance",
  "lump_sum_taken"
] as const;
export type SocialInsurance = (typeof SOCIAL_INSURANCE)[number];

export const VOLUNTARY_INTEREST = [
  "yes",
  "later",
  "no"
] as const;
export type VoluntaryInterest = (typeof VOLUNTARY_INTEREST)[number];

export const LEAD_KIND = [
  "survey",
  "paused",
  "jobless",
  "lapsed"
] as const;
export type LeadKind = (typeof LEAD_KIND)[number];

export const LEAD_OUTCOME = [
  "joined",
  "call_later",
  "no",
  "not_found"
] as const;
export type LeadOutcome = (typeof LEAD_OUTCOME)[number];

export const LISTING_STATE = [
  "submitted",
  "sealed",
  "pulled",
  "received",
  "issued",
  "returned",
  "off"
] as const;
export type ListingState = (typeof LISTING_STATE)[number];

export const LIVING_AREA = [
  "K1",
  "K2",
  "K3"
] as const;
export type LivingArea = (typeof LIVING_AREA)[number];

export const BIRTH_REGISTRATION = [
  "registered",
  "birth_paper",
  "none"
] as const;
export type BirthRegistration = (typeof BIRTH_REGISTRATION)[number];

export const SINCE_REASON = [
  "born",
  "moved_in",
  "found"
] as const;
export type SinceReason = (typeof SINCE_REASON)[number];

export const MEMBER_END = [
  "deceased",
  "moved_away",
  "duplicate",
  "other"
] as const;
export type MemberEnd = (typeof MEMBER_END)[number];

export const END_EVIDENCE = [
  "certificate",
  "police",
  "family",
  "village_head"
] as const;
export type EndEvidence = (typeof END_EVIDENCE)[number];

export const CARD_EVIDENCE = [
  "app",
  "bhxh_list",
  "bhxh_issued",
  "receipt",
  "card_seen",
  "school",
  "employer",
  "unit",
  "told"
] as const;
export type CardEvidence = (typeof CARD_EVIDENCE)[number];

export const ENTITLEMENT_KIND = [
  "merit",
  "merit_relative",
  "martyr_relative",
  "veteran",
  "resistance",
  "social_allowance",
  "social_pension",
  "survivor_allowance",
  "armed_forces",
  "armed_forces_family",
  "police",
  "police_family",
  "cipher",
  "cipher_family",
  "village_officer",
  "village_health_worker",
  "grassroots_security",
  "artisan",
  "left_poverty",
  "left_region",
  "organ_donor",
  "other"
] as const;
export type EntitlementKind = (typeof ENTITLEMENT_KIND)[number];

export const ENTITLEMENT_EVIDENCE = [
  "decision_seen",
  "list",
  "told"
] as const;
export type EntitlementEvidence = (typeof ENTITLEMENT_EVIDENCE)[number];

export const VISIT_OUTCOME = [
  "met",
  "partly",
  "unchanged",
  "absent",
  "declined",
  "moved",
  "not_found",
  "wrong_village"
] as const;
export type VisitOutcome = (typeof VISIT_OUTCOME)[number];

export const RESPONDENT_KIND = [
  "member",
  "relative",
  "neighbour",
  "village_head"
] as const;
export type RespondentKind = (typeof RESPONDENT_KIND)[number];

export const ABSENCE_REASON = [
  "in_the_fields",
  "working_far",
  "hospital",
  "away",
  "locked"
] as const;
export type AbsenceReason = (typeof ABSENCE_REASON)[number];

export const FARM_LINE = [
  "crops",
  "livestock",
  "farm_services",
  "forestry",
  "fishery",
  "salt",
  "wages",
  "non_farm_business",
  "other",
  "pension",
  "merit_allowance",
  "social_allowance",
  "gifts"
] as const;
export type FarmLine = (typeof FARM_LINE)[number];

export const FARM_REQUEST_STATE = [
  "draft",
  "submitted",
  "checked",
  "posted",
  "objected",
  "rechecked",
  "approved",
  "refused",
  "cancelled"
] as const;
export type FarmRequestState = (typeof FARM_REQUEST_STATE)[number];

export const FARM_DETERMINATION = [
  "qualifies",
  "does_not"
] as const;
export type FarmDetermination = (typeof FARM_DETERMINATION)[number];

export const FARM_BAND = [
  "poor",
  "near_poor",
  "poor_or_near_poor",
  "average",
  "above"
] as const;
export type FarmBand = (typeof FARM_BAND)[number];

export const FIELD_NOTE_KIND = [
  "difficulty",
  "complaint",
  "wrong_card",
  "question"
] as const;
export type FieldNoteKind = (typeof FIELD_NOTE_KIND)[number];

export const FIELD_NOTE_STATE = [
  "open",
  "answered",
  "closed"
] as const;
export type FieldNoteState = (typeof FIELD_NOTE_STATE)[number];

export const INDICATOR = [
  "bhyt_coverage",
  "children_under_6",
  "pupils",
  "budget_groups",
  "farm_households",
  "social_insurance",
  "voluntary_social_insurance",
  "unemployment_insurance"
] as const;
export type Indicator = (typeof INDICATOR)[number];

export const POPULATION = [
  "official",
  "registered",
  "present"
] as const;
export type Population = (typeof POPULATION)[number];

export const ENROLMENT_STATE = [
  "draft",
  "submitted",
  "checked",
  "on_list",
  "issued",
  "returned",
  "cancelled"
] as const;
export type EnrolmentState = (typeof ENROLMENT_STATE)[number];

export const PAYMENT_WAY = [
  "cash",
  "transfer"
] as const;
export type PaymentWay = (typeof PAYMENT_WAY)[number];

export const SPONSOR_KIND = [
  "business",
  "person",
  "fund",
  "school",
  "commune_budget"
] as const;
export type SponsorKind = (typeof SPONSOR_KIND)[number];

export const CARD_LIST_STATE = [
  "draft",
  "submitted",
  "sent_back",
  "approved",
  "sealed",
  "dropped"
] as const;
export type CardListState = (typeof CARD_LIST_STATE)[number];

export const CARD_LIST_ROW_KIND = [
  "increase",
  "decrease"
] as const;
export type CardListRowKind = (typeof CARD_LIST_ROW_KIND)[number];

export const CARD_LIST_ROW_STATE = [
  "open",
  "issued",
  "confirmed",
  "returned"
] as const;
export type CardListRowState = (typeof CARD_LIST_ROW_STATE)[number];

export const KEY_SCOPE = [
  "read",
  "receipt",
  "answers"
] as const;
export type KeyScope = (typeof KEY_SCOPE)[number];

export const ANSWER_OUTCOME = [
  "issued",
  "confirmed",
  "returned"
] as const;
export type AnswerOutcome = (typeof ANSWER_OUTCOME)[number];

export const ANSWER_STATUS = [
  "applied",
  "held",
  "dismissed",
  "refused"
] as const;
export type AnswerStatus = (typeof ANSWER_STATUS)[number];

export const RETURN_REASON = [
  "id_missing",
  "id_mismatch",
  "name_mismatch",
  "birth_date_mismatch",
  "sex_mismatch",
  "already_insured",
  "duplicate_on_list",
  "not_on_approved_list",
  "wrong_group",
  "wrong_support",
  "receipt_missing",
  "amount_mismatch",
  "clinic_missing",
  "clinic_closed",
  "birth_not_registered",
  "deceased",
  "moved_away",
  "other"
] as const;
export type ReturnReason = (typeof RETURN_REASON)[number];

export const DUTY_KIND = [
  "committee_member",
  "village_head",
  "party_secretary",
  "collector",
  "survey_team",
  "respected_person"
] as const;
export type DutyKind = (typeof DUTY_KIND)[number];

export const PLAN_STATE = [
  "draft",
  "in_force",
  "replaced"
] as const;
export type PlanState = (typeof PLAN_STATE)[number];

export const TARGET_HOLDER = [
  "area",
  "person",
  "school",
  "agency"
] as const;
export type TargetHolder = (typeof TARGET_HOLDER)[number];

export const PLAN_BASIS = [
  "population",
  "working_age",
  "labour_force"
] as const;
export type PlanBasis = (typeof PLAN_BASIS)[number];

export const UNINSURED: readonly Status[] = [
  "expired",
  "none"
];
