/** What happens in a schedule: people, machines and misfortunes, in any order. */
import fc from 'fast-check';
import { ROAD_FAULTS, type RoadFault } from './wire';

export const FIELDS = ['address', 'note', 'phone'] as const;
export type Field = (typeof FIELDS)[number];

/** What the server will make of a value. `crash`: the whole trip that carries it fails. */
export type Temper = 'plain' | 'held' | 'malformed' | 'crash';
export type DiskPlan = { what: 'kill' | 'full'; at: number } | null;

export type Action =
  | { do: 'make'; tab: number; village: number; disk: DiskPlan }
  | Edit
  | { do: 'desk edit'; pick: number; field: Field; value: number }
  | { do: 'desk make'; village: number }
  | { do: 'move'; pick: number; village: number }
  | { do: 'settle'; pick: number; state: 'applied' | 'rejected' | 'returned' }
  | { do: 'sync'; tab: number; road: (RoadFault | null)[]; disk: DiskPlan; along: Edit | null }
  | { do: 'both sync'; road: (RoadFault | null)[] }
  | { do: 'fold'; tab: number; disk: DiskPlan }
  | { do: 'reopen'; tab: number }
  | { do: 'backup' }
  | { do: 'restore'; copied: boolean }
  | { do: 'assign'; villages: number }
  | { do: 'clock'; days: number }
  | { do: 'days pass'; days: number }
  | { do: 'pages'; size: number }
  | { do: 'retry' };

export interface Edit {
  do: 'edit';
  tab: number;
  pick: number;
  field: Field;
  value: number;
  temper: Temper;
  disk: DiskPlan;
}

const tab = fc.constantFrom(0, 0, 0, 1);
const pick = fc.nat(40);
const village = fc.nat(2);
const field = fc.constantFrom(...FIELDS);
const value = fc.nat(6);
const temper = fc.constantFrom<Temper>(
  'plain',
  'plain',
  'plain',
  'plain',
  'held',
  'malformed',
  'crash',
);
const disk = fc.option(
  fc.record({
    what: fc.constantFrom('kill' as const, 'full' as const),
    at: fc.integer({ min: 1, max: 45 }),
  }),
  { freq: 3, nil: null },
);
const soon = fc
  .option(
    fc.record({
      what: fc.constantFrom('kill' as const, 'full' as const),
      at: fc.integer({ min: 1, max: 4 }),
    }),
    { freq: 2, nil: null },
  )
  .map((plan) => plan as DiskPlan);
const road = fc.array(fc.option(fc.constantFrom(...ROAD_FAULTS), { freq: 2, nil: null }), {
  maxLength: 6,
});

const edit = fc.record({
  do: fc.constant('edit' as const),
  tab,
  pick,
  field,
  value,
  temper,
  disk: soon,
});

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('make' as const), tab, village, disk: soon }),
  },
  { weight: 6, arbitrary: edit },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('desk edit' as const), pick, field, value }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('desk make' as const), village }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), pick, village }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      pick,
      state: fc.constantFrom('applied' as const, 'rejected' as const, 'returned' as const),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant('sync' as const),
      tab,
      road,
      disk,
      along: fc.option(edit, { freq: 4, nil: null }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('both sync' as const), road }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fold' as const), tab, disk: soon }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const), tab }) },
  { weight: 1, arbitrary: fc.constant({ do: 'backup' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('restore' as const), copied: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('assign' as const),
      villages: fc.integer({ min: 1, max: 7 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('clock' as const),
      days: fc.constantFrom(-2500, -400, -1, 1, 400, 9000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('days pass' as const),
      days: fc.constantFrom(1, 20, 40),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('pages' as const),
      size: fc.constantFrom(1, 2, 3, 1000),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'retry' as const }) },
);

export const schedule = fc.array(action, { minLength: 4, maxLength: 24 });
