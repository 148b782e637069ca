// Made from schemas/ by `make schemas`. Do not edit.

export const PROTOCOL = 1;
export const REFERENCE_FEED = "reference";
export const CHANGES_LIMIT = 2000;
export const RECORDS_LIMIT = 2000;
export const DECODED_LIMIT = 4194304;
