// Made from schemas/ by `make schemas`. Do not edit.

export interface FieldSpec {
  readonly type:
    | 'text'
    | 'pattern'
    | 'id'
    | 'partial'
    | 'day'
    | 'month'
    | 'number'
    | 'count'
    | 'flag'
    | 'one_of'
    | 'rows';
  readonly needed?: true;
  /** Only desk, importers and BHXH set it; from anyone else it waits. */
  readonly deskOnly?: true;
  /** Characters of a text, rows of a list. */
  readonly limit?: number;
  readonly pattern?: string;
  readonly list?: readonly string[];
  readonly low?: number;
  readonly high?: number;
  readonly row?: Readonly<Record<string, FieldSpec>>;
}

export const FIELDS = {
  "household": {
    "village": {
      "type": "id",
      "needed": true
    },
    "code": {
      "type": "text",
      "limit": 200
    },
    "address": {
      "type": "text",
      "limit": 200
    },
    "hamlet": {
      "type": "text",
      "limit": 200
    },
    "directions": {
      "type": "text",
      "limit": 200
    },
    "phone": {
      "type": "pattern",
      "pattern": "^(?:\\+?\\d[\\d .-]{5,18})$"
    },
    "note": {
      "type": "text",
      "limit": 2000
    },
    "living_class": {
      "type": "one_of",
      "list": [
        "poor",
        "near_poor",
        "average",
        "other"
      ]
    },
    "living_class_source": {
      "type": "one_of",
      "list": [
        "decision",
        "list",
        "told"
      ]
    },
    "living_class_from": {
      "type": "day"
    },
    "living_class_to": {
      "type": "day"
    },
    "average_farm": {
      "type": "flag",
      "deskOnly": true
    },
    "average_farm_from": {
      "type": "day",
      "deskOnly": true
    },
    "average_farm_to": {
      "type": "day",
      "deskOnly": true
    },
    "hardship": {
      "type": "flag"
    },
    "latitude": {
      "type": "number",
      "low": -90,
      "high": 90
    },
    "longitude": {
      "type": "number",
      "low": -180,
      "high": 180
    },
    "accuracy_m": {
      "type": "number",
      "low": 0,
      "high": 100000
    },
    "bhxh_household_code": {
      "type": "text",
      "limit": 200
    },
    "best_time": {
      "type": "one_of",
      "list": [
        "morning",
        "noon",
        "evening",
        "weekend",
        "after_harvest"
      ]
    },
    "notice_version": {
      "type": "text",
      "limit": 200
    },
    "notice_on": {
      "type": "day"
    },
    "confirmed_on": {
      "type": "day"
    },
    "ended_on": {
      "type": "partial"
    },
    "end_reason": {
      "type": "one_of",
      "list": [
        "moved_away",
        "dissolved",
        "duplicate",
        "other"
      ]
    },
    "merged_into": {
      "type": "id",
      "deskOnly": true
    }
  },
  "member": {
    "household": {
      "type": "id",
      "needed": true
    },
    "full_name": {
      "type": "text",
      "needed": true,
      "limit": 200
    },
    "known_as": {
      "type": "text",
      "limit": 200
    },
    "name_is_provisional": {
      "type": "flag"
    },
    "birth_date": {
      "type": "partial"
    },
    "birth_is_estimate": {
      "type": "flag"
    },
    "sex": {
      "type": "one_of",
      "list": [
        "male",
        "female"
      ]
    },
    "personal_id": {
      "type": "pattern",
      "pattern": "^(?:\\d{12})$"
    },
    "personal_id_state": {
      "type": "one_of",
      "list": [
        "seen",
        "told",
        "not_shown",
        "not_issued"
      ]
    },
    "old_id_number": {
      "type": "pattern",
      "pattern": "^(?:\\d{9})$"
    },
    "bhxh_number": {
      "type": "pattern",
      "pattern": "^(?:\\d{10})$"
    },
    "ethnic_group": {
      "type": "pattern",
      "pattern": "^(?:0[1-9]|[1-4]\\d|5[0-6])$"
    },
    "nationality": {
      "type": "pattern",
      "pattern": "^(?:[A-Z]{2})$"
    },
    "relation": {
      "type": "one_of",
      "list": [
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
      ]
    },
    "registration": {
      "type": "one_of",
      "list": [
        "permanent",
        "temporary",
        "none",
        "not_known"
      ]
    },
    "presence": {
      "type": "one_of",
      "list": [
        "here",
        "studying",
        "working_away",
        "abroad",
        "military",
        "treatment",
        "detained",
        "other"
      ]
    },
    "away_since": {
      "type": "partial"
    },
    "away_place": {
      "type": "text",
      "limit": 200
    },
    "phone": {
      "type": "pattern",
      "pattern": "^(?:\\+?\\d[\\d .-]{5,18})$"
    },
    "note": {
      "type": "text",
      "limit": 2000
    },
    "work": {
      "type": "one_of",
      "list": [
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
      ]
    },
    "school": {
      "type": "id"
    },
    "school_other": {
      "type": "text",
      "limit": 200
    },
    "school_class": {
      "type": "text",
      "limit": 200
    },
    "boards": {
      "type": "flag"
    },
    "insurance_answer": {
      "type": "one_of",
      "list": [
        "has_card",
        "had_card",
        "never_had",
        "does_not_know",
        "refused_to_say"
      ]
    },
    "insurance_asked_on": {
      "type": "day"
    },
    "uninsured_reason": {
      "type": "one_of",
      "list": [
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
      ]
    },
    "intends_to_join": {
      "type": "one_of",
      "list": [
        "yes",
        "no",
        "undecided"
      ]
    },
    "join_on": {
      "type": "day"
    },
    "social_insurance": {
      "type": "one_of",
      "list": [
        "none",
        "compulsory",
        "voluntary",
        "paused",
        "pension",
        "monthly_allowance",
        "lump_sum_taken"
      ]
    },
    "voluntary_paid_to": {
      "type": "partial"
    },
    "voluntary_interest": {
      "type": "one_of",
      "list": [
        "yes",
        "later",
        "no"
      ]
    },
    "unemployment_insurance": {
      "type": "flag"
    },
    "unemployment_benefit_to": {
      "type": "partial"
    },
    "clinic_wanted": {
      "type": "text",
      "limit": 200
    },
    "living_area": {
      "type": "one_of",
      "list": [
        "K1",
        "K2",
        "K3"
      ]
    },
    "mother": {
      "type": "id"
    },
    "guardian": {
      "type": "id"
    },
    "guardian_name": {
      "type": "text",
      "limit": 200
    },
    "birth_registration": {
      "type": "one_of",
      "list": [
        "registered",
        "birth_paper",
        "none"
      ]
    },
    "birth_registered_at": {
      "type": "text",
      "limit": 200
    },
    "since": {
      "type": "partial"
    },
    "since_reason": {
      "type": "one_of",
      "list": [
        "born",
        "moved_in",
        "found"
      ]
    },
    "ended_on": {
      "type": "partial"
    },
    "end_reason": {
      "type": "one_of",
      "list": [
        "deceased",
        "moved_away",
        "duplicate",
        "other"
      ]
    },
    "end_evidence": {
      "type": "one_of",
      "list": [
        "certificate",
        "police",
        "family",
        "village_head"
      ]
    },
    "moved_to": {
      "type": "text",
      "limit": 200
    },
    "merged_into": {
      "type": "id",
      "deskOnly": true
    }
  },
  "card": {
    "member": {
      "type": "id",
      "needed": true
    },
    "evidence": {
      "type": "one_of",
      "needed": true,
      "list": [
        "app",
        "bhxh_list",
        "bhxh_issued",
        "receipt",
        "card_seen",
        "school",
        "employer",
        "unit",
        "told"
      ]
    },
    "number": {
      "type": "pattern",
      "pattern": "^(?:[A-Z]{2}[1-5]\\d{2}\\d{10}|\\d{10})$"
    },
    "insurance_group": {
      "type": "pattern",
      "pattern": "^(?:[A-Z]{2})$"
    },
    "benefit_level": {
      "type": "pattern",
      "pattern": "^(?:[1-5])$"
    },
    "valid_from": {
      "type": "partial"
    },
    "valid_to": {
      "type": "partial"
    },
    "checked_on": {
      "type": "day"
    },
    "first_clinic": {
      "type": "text",
      "limit": 200
    },
    "five_year_on": {
      "type": "day"
    },
    "void_reason": {
      "type": "text",
      "limit": 200
    }
  },
  "entitlement": {
    "member": {
      "type": "id",
      "needed": true
    },
    "kind": {
      "type": "one_of",
      "needed": true,
      "list": [
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
      ]
    },
    "valid_from": {
      "type": "partial"
    },
    "valid_to": {
      "type": "partial"
    },
    "evidence": {
      "type": "one_of",
      "list": [
        "decision_seen",
        "list",
        "told"
      ]
    },
    "number": {
      "type": "text",
      "limit": 200
    }
  },
  "visit": {
    "household": {
      "type": "id",
      "needed": true
    },
    "on": {
      "type": "day",
      "needed": true
    },
    "outcome": {
      "type": "one_of",
      "needed": true,
      "list": [
        "met",
        "partly",
        "unchanged",
        "absent",
        "declined",
        "moved",
        "not_found",
        "wrong_village"
      ]
    },
    "respondent": {
      "type": "id"
    },
    "respondent_kind": {
      "type": "one_of",
      "list": [
        "member",
        "relative",
        "neighbour",
        "village_head"
      ]
    },
    "absence_reason": {
      "type": "one_of",
      "list": [
        "in_the_fields",
        "working_far",
        "hospital",
        "away",
        "locked"
      ]
    },
    "come_back_on": {
      "type": "day"
    },
    "suggested_village": {
      "type": "id"
    },
    "note": {
      "type": "text",
      "limit": 2000
    }
  },
  "farm_assessment": {
    "household": {
      "type": "id",
      "needed": true
    },
    "months_to": {
      "type": "month",
      "needed": true
    },
    "lines": {
      "type": "rows",
      "limit": 50,
      "row": {
        "line": {
          "type": "one_of",
          "needed": true,
          "list": [
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
          ]
        },
        "revenue": {
          "type": "count",
          "low": -1000000000000,
          "high": 1000000000000
        },
        "cost": {
          "type": "count",
          "low": -1000000000000,
          "high": 1000000000000
        }
      }
    },
    "people": {
      "type": "count",
      "low": 0,
      "high": 200
    },
    "farm_workers": {
      "type": "count",
      "low": 0,
      "high": 200
    },
    "main_activity": {
      "type": "text",
      "limit": 200
    },
    "note": {
      "type": "text",
      "limit": 2000
    }
  },
  "farm_request": {
    "household": {
      "type": "id",
      "needed": true
    },
    "requested_on": {
      "type": "day",
      "needed": true
    },
    "assessment": {
      "type": "id"
    },
    "applicant": {
      "type": "id"
    },
    "reason": {
      "type": "text",
      "limit": 2000
    },
    "note": {
      "type": "text",
      "limit": 2000
    },
    "state": {
      "type": "one_of",
      "list": [
        "draft",
        "submitted",
        "checked",
        "posted",
        "objected",
        "rechecked",
        "approved",
        "refused",
        "cancelled"
      ]
    },
    "procedure_version": {
      "type": "text",
      "deskOnly": true,
      "limit": 200
    },
    "checked_on": {
      "type": "day",
      "deskOnly": true
    },
    "in_sector": {
      "type": "flag",
      "deskOnly": true
    },
    "open_lines": {
      "type": "rows",
      "deskOnly": true,
      "limit": 10,
      "row": {
        "line": {
          "type": "one_of",
          "needed": true,
          "list": [
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
          ]
        },
        "counts": {
          "type": "flag",
          "needed": true
        }
      }
    },
    "per_person_month": {
      "type": "count",
      "deskOnly": true,
      "low": -1000000000000,
      "high": 1000000000000
    },
    "band": {
      "type": "one_of",
      "deskOnly": true,
      "list": [
        "poor",
        "near_poor",
        "poor_or_near_poor",
        "average",
        "above"
      ]
    },
    "verdict": {
      "type": "one_of",
      "deskOnly": true,
      "list": [
        "qualifies",
        "does_not"
      ]
    },
    "posted_on": {
      "type": "day",
      "deskOnly": true
    },
    "posting_ends_on": {
      "type": "day",
      "deskOnly": true
    },
    "objected_on": {
      "type": "day",
      "deskOnly": true
    },
    "objection": {
      "type": "text",
      "deskOnly": true,
      "limit": 2000
    },
    "rechecked_on": {
      "type": "day",
      "deskOnly": true
    },
    "objection_answer": {
      "type": "text",
      "deskOnly": true,
      "limit": 2000
    },
    "decision_number": {
      "type": "text",
      "deskOnly": true,
      "limit": 200
    },
    "decided_on": {
      "type": "day",
      "deskOnly": true
    },
    "valid_from": {
      "type": "day",
      "deskOnly": true
    },
    "valid_to": {
      "type": "day",
      "deskOnly": true
    },
    "refusal_reason": {
      "type": "text",
      "deskOnly": true,
      "limit": 2000
    }
  },
  "enrolment": {
    "member": {
      "type": "id",
      "needed": true
    },
    "insurance_group": {
      "type": "pattern",
      "pattern": "^(?:[A-Za-z_]{2,40})$"
    },
    "ladder_place": {
      "type": "count",
      "low": 1,
      "high": 50
    },
    "months": {
      "type": "count",
      "low": 1,
      "high": 12
    },
    "paid_on": {
      "type": "day"
    },
    "total": {
      "type": "count",
      "low": -1000000000000,
      "high": 1000000000000
    },
    "state_support": {
      "type": "count",
      "low": -1000000000000,
      "high": 1000000000000
    },
    "local_support": {
      "type": "count",
      "low": -1000000000000,
      "high": 1000000000000
    },
    "other_support": {
      "type": "count",
      "low": -1000000000000,
      "high": 1000000000000
    },
    "own_share": {
      "type": "count",
      "low": -1000000000000,
      "high": 1000000000000
    },
    "sponsorship": {
      "type": "id"
    },
    "override_reason": {
      "type": "text",
      "limit": 2000
    },
    "payment": {
      "type": "one_of",
      "list": [
        "cash",
        "transfer"
      ]
    },
    "receipt": {
      "type": "id"
    },
    "receipt_book": {
      "type": "id"
    },
    "receipt_number": {
      "type": "count",
      "low": 1,
      "high": 99999999
    },
    "collected_by": {
      "type": "id"
    },
    "collector_code": {
      "type": "text",
      "limit": 200
    },
    "mobilised_by": {
      "type": "text",
      "limit": 200
    },
    "card_from": {
      "type": "day"
    },
    "card_to": {
      "type": "day"
    },
    "notice_version": {
      "type": "text",
      "limit": 200
    },
    "phone_consent": {
      "type": "flag"
    },
    "note": {
      "type": "text",
      "limit": 2000
    },
    "state": {
      "type": "one_of",
      "list": [
        "draft",
        "submitted",
        "checked",
        "on_list",
        "issued",
        "returned",
        "cancelled"
      ]
    },
    "state_on": {
      "type": "day"
    },
    "state_by": {
      "type": "text",
      "limit": 200
    },
    "return_reason": {
      "type": "text",
      "deskOnly": true,
      "limit": 2000
    },
    "cancelled_reason": {
      "type": "text",
      "limit": 2000
    }
  },
  "sponsorship": {
    "member": {
      "type": "id",
      "needed": true,
      "deskOnly": true
    },
    "sponsor": {
      "type": "id",
      "needed": true,
      "deskOnly": true
    },
    "sponsor_name": {
      "type": "text",
      "deskOnly": true,
      "limit": 200
    },
    "amount": {
      "type": "count",
      "deskOnly": true,
      "low": -1000000000000,
      "high": 1000000000000
    },
    "months": {
      "type": "count",
      "deskOnly": true,
      "low": 1,
      "high": 12
    },
    "insurance_group": {
      "type": "pattern",
      "deskOnly": true,
      "pattern": "^(?:[A-Za-z_]{2,40})$"
    },
    "agreed_on": {
      "type": "day",
      "deskOnly": true
    },
    "ends_on": {
      "type": "day",
      "deskOnly": true
    },
    "withdrawn_on": {
      "type": "day",
      "deskOnly": true
    },
    "withdrawn_reason": {
      "type": "text",
      "deskOnly": true,
      "limit": 2000
    },
    "note": {
      "type": "text",
      "deskOnly": true,
      "limit": 2000
    }
  },
  "lead": {
    "member": {
      "type": "id",
      "needed": true,
      "deskOnly": true
    },
    "kind": {
      "type": "one_of",
      "needed": true,
      "deskOnly": true,
      "list": [
        "survey",
        "paused",
        "jobless",
        "lapsed"
      ]
    },
    "source": {
      "type": "text",
      "deskOnly": true,
      "limit": 200
    },
    "benefit_to": {
      "type": "partial",
      "deskOnly": true
    },
    "paid_to": {
      "type": "partial",
      "deskOnly": true
    },
    "assigned_to": {
      "type": "id",
      "deskOnly": true
    },
    "asked_on": {
      "type": "day",
      "deskOnly": true
    },
    "outcome": {
      "type": "one_of",
      "list": [
        "joined",
        "call_later",
        "no",
        "not_found"
      ]
    },
    "outcome_on": {
      "type": "day"
    },
    "call_on": {
      "type": "day"
    },
    "mobilised_by": {
      "type": "text",
      "limit": 200
    },
    "note": {
      "type": "text",
      "limit": 2000
    }
  },
  "listing": {
    "member": {
      "type": "id",
      "needed": true,
      "deskOnly": true
    },
    "list_number": {
      "type": "text",
      "needed": true,
      "deskOnly": true,
      "limit": 200
    },
    "state": {
      "type": "one_of",
      "needed": true,
      "deskOnly": true,
      "list": [
        "submitted",
        "sealed",
        "pulled",
        "received",
        "issued",
        "returned",
        "off"
      ]
    },
    "state_on": {
      "type": "day",
      "deskOnly": true
    }
  },
  "field_note": {
    "about": {
      "type": "id",
      "needed": true
    },
    "kind": {
      "type": "one_of",
      "needed": true,
      "list": [
        "difficulty",
        "complaint",
        "wrong_card",
        "question"
      ]
    },
    "text": {
      "type": "text",
      "needed": true,
      "limit": 2000
    },
    "state": {
      "type": "one_of",
      "list": [
        "open",
        "answered",
        "closed"
      ]
    },
    "answer": {
      "type": "text",
      "limit": 2000
    }
  }
} as const satisfies Record<string, Record<string, FieldSpec>>;

export type RecordEntity = keyof typeof FIELDS;

/** Fields that mean something only together: they apply or wait as one. */
export const TOGETHER: readonly (readonly string[])[] = [
  [
    "valid_from",
    "valid_to"
  ],
  [
    "end_reason",
    "ended_on"
  ],
  [
    "since",
    "since_reason"
  ],
  [
    "accuracy_m",
    "latitude",
    "longitude"
  ],
  [
    "intends_to_join",
    "join_on"
  ],
  [
    "card_from",
    "card_to",
    "ladder_place",
    "local_support",
    "months",
    "other_support",
    "override_reason",
    "own_share",
    "paid_on",
    "sponsorship",
    "state_support",
    "total"
  ],
  [
    "receipt",
    "receipt_book",
    "receipt_number"
  ],
  [
    "cancelled_reason",
    "return_reason",
    "state",
    "state_by",
    "state_on"
  ],
  [
    "withdrawn_on",
    "withdrawn_reason"
  ],
  [
    "call_on",
    "mobilised_by",
    "outcome",
    "outcome_on"
  ]
];

export const PARENT_FIELD: Record<RecordEntity, string> = {
  "household": "village",
  "member": "household",
  "card": "member",
  "entitlement": "member",
  "visit": "household",
  "farm_assessment": "household",
  "farm_request": "household",
  "enrolment": "member",
  "sponsorship": "member",
  "lead": "member",
  "listing": "member",
  "field_note": "about"
};

export const DESK_ONLY_EVIDENCE: readonly string[] = [
  "bhxh_issued",
  "bhxh_list"
];

/** Where a farm request stands while it is still the field's. */
export const FIELD_FARM_STATES: readonly string[] = [
  "cancelled",
  "draft",
  "submitted"
];
