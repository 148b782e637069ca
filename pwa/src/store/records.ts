/** What `data` of each kind of record holds (schemas/records.py). Fields a newer server sends are kept too. */

export type Values = Record<string, unknown>;

export interface HouseholdData {
  village?: string | null;
  code?: string | null;
  address?: string | null;
  hamlet?: string | null;
  directions?: string | null;
  phone?: string | null;
  note?: string | null;
  living_class?: string | null;
  living_class_source?: string | null;
  living_class_from?: string | null;
  living_class_to?: string | null;
  average_farm?: boolean | null;
  hardship?: boolean | null;
  latitude?: number | null;
  longitude?: number | null;
  accuracy_m?: number | null;
  bhxh_household_code?: string | null;
  best_time?: string | null;
  notice_version?: string | null;
  notice_on?: string | null;
  confirmed_on?: string | null;
  ended_on?: string | null;
  end_reason?: string | null;
  merged_into?: string | null;
}

export interface MemberData {
  household?: string | null;
  full_name?: string | null;
  known_as?: string | null;
  name_is_provisional?: boolean | null;
  birth_date?: string | null;
  birth_is_estimate?: boolean | null;
  sex?: string | null;
  personal_id?: string | null;
  personal_id_state?: string | null;
  old_id_number?: string | null;
  bhxh_number?: string | null;
  ethnic_group?: string | null;
  nationality?: string | null;
  relation?: string | null;
  registration?: string | null;
  presence?: string | null;
  away_since?: string | null;
  away_place?: string | null;
  phone?: string | null;
  note?: string | null;
  work?: string | null;
  school?: string | null;
  school_other?: string | null;
  school_class?: string | null;
  boards?: boolean | null;
  insurance_answer?: string | null;
  insurance_asked_on?: string | null;
  uninsured_reason?: string | null;
  intends_to_join?: string | null;
  join_on?: string | null;
  social_insurance?: string | null;
  voluntary_paid_to?: string | null;
  voluntary_interest?: string | null;
  unemployment_insurance?: boolean | null;
  unemployment_benefit_to?: string | null;
  clinic_wanted?: string | null;
  living_area?: string | null;
  mother?: string | null;
  guardian?: string | null;
  guardian_name?: string | null;
  birth_registration?: string | null;
  birth_registered_at?: string | null;
  since?: string | null;
  since_reason?: string | null;
  ended_on?: string | null;
  end_reason?: string | null;
  end_evidence?: string | null;
  moved_to?: string | null;
  merged_into?: string | null;
}

export interface CardData {
  member?: string | null;
  evidence?: string | null;
  number?: string | null;
  insurance_group?: string | null;
  benefit_level?: string | null;
  valid_from?: string | null;
  valid_to?: string | null;
  checked_on?: string | null;
  first_clinic?: string | null;
  five_year_on?: string | null;
  void_reason?: string | null;
}

export interface EntitlementData {
  member?: string | null;
  kind?: string | null;
  valid_from?: string | null;
  valid_to?: string | null;
  evidence?: string | null;
  number?: string | null;
}

export interface VisitData {
  household?: string | null;
  on?: string | null;
  outcome?: string | null;
  respondent?: string | null;
  respondent_kind?: string | null;
  absence_reason?: string | null;
  come_back_on?: string | null;
  suggested_village?: string | null;
  note?: string | null;
}

export interface FarmAssessmentData {
  household?: string | null;
  months_to?: string | null;
  lines?: FarmLine[] | null;
  people?: number | null;
  farm_workers?: number | null;
  main_activity?: string | null;
  note?: string | null;
}

export interface FieldNoteData {
  about?: string | null;
  kind?: string | null;
  text?: string | null;
  state?: string | null;
  answer?: string | null;
}

export interface FarmLine {
  line: string;
  revenue?: number | null;
  cost?: number | null;
}

export interface WaitingData {
  change: string;
  entity: string;
  record: string;
  household?: string | null;
  fields?: Record<string, { was?: unknown; set?: unknown }>;
  reasons?: { field: string | null; code: string; message: string }[];
  by?: string | null;
  device?: string | null;
  at?: string | null;
  state: "open" | "applied" | "rejected" | "superseded" | "returned" | "answered";
  note?: string | null;
  notes?: Record<string, string> | null;
}

export interface RecordData {
  household: HouseholdData;
  member: MemberData;
  card: CardData;
  entitlement: EntitlementData;
  visit: VisitData;
  farm_assessment: FarmAssessmentData;
  field_note: FieldNoteData;
  waiting: WaitingData;
}

export type Entity = keyof RecordData;
export type DataOf<E extends Entity> = RecordData[E];

export type Status =
  | "covered"
  | "elsewhere"
  | "starting"
  | "unconfirmed"
  | "expired"
  | "none"
  | "not_asked";
