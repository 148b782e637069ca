/** The records as they cross the wire, under the names the rules use. */

import type { components } from '../wire/api';

type Schemas = components['schemas'];

export type Household = Schemas['Household'];
export type Member = Schemas['Member'];
export type Card = Schemas['Card'];
export type Entitlement = Schemas['Entitlement'];
export type Visit = Schemas['Visit'];
export type FarmAssessment = Schemas['FarmAssessment'];
export type FarmAssessmentLine = Schemas['FarmAssessmentLine'];
export type FieldNote = Schemas['FieldNote'];

/** A record whose kind is known only at run time. */
export type RecordData = Readonly<Record<string, unknown>>;
