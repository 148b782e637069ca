/**
 * The engine against random schedules. `SCHEDULES=2000 npx vitest run tests/sync/schedules` runs
 * many more, with a seed that is printed; `SEED=…` runs them again, `REPLAY=<path>` the one that
 * failed, made as short as it goes.
 */
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { schedule } from './actions';
import { installLocks } from './disk';
import { check, checkQuiet, checkRevoked } from './invariants';
import { World } from './world';
import { ROAD_FAULTS } from './wire';

const SHORT = 150;
const asked = Number(process.env.SCHEDULES ?? SHORT);
const seed = Number(process.env.SEED ?? (asked === SHORT ? 20261122 : Date.now() % 2 ** 31));
const MINUTES = 60_000;

beforeAll(installLocks);

test(`${asked} schedules lose nothing, seed ${seed}`, { timeout: 60 * MINUTES }, async () => {
  const happened: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(schedule, async (actions) => {
      globalThis.indexedDB = new IDBFactory();
      const world = await World.begin(happened);
      try {
        for (const action of actions) {
          await world.act(action);
          await check(world);
        }
        await world.quieten();
        await checkQuiet(world);
        await checkRevoked(world);
      } finally {
        world.end();
      }
    }),
    {
      numRuns: asked,
      seed,
      endOnFailure: process.env.REPLAY === undefined,
      ...(process.env.REPLAY ? { path: process.env.REPLAY } : {}),
    },
  );
  process.stdout.write(`${asked} schedules, seed ${seed}: ${JSON.stringify(happened)}\n`);
  for (const fault of [...ROAD_FAULTS, 'kill', 'full', 'restore']) {
    expect(happened[fault], fault).toBeGreaterThan(0);
  }
});
