/** What must hold after every step, whatever has happened. */
import { feedDigest } from '../../../src/domain/digest';
import { same } from '../../../src/store/edits';
import type { Values } from '../../../src/store/face';
import { Holdings } from '../../../src/store/holdings';
import { Phone } from '../phone';
import type { World } from './world';

class Broken extends Error {}

function must(holds: boolean, said: () => string): void {
  if (!holds) throw new Broken(said());
}

export async function check(world: World): Promise<void> {
  await nothingIsLost(world);
  await cursorsAreBehindTheirRows(world);
  await ownEditsAreShown(world);
}

/** Each saved change is in the outbox, or the server knows its fate: in a record or waiting. */
async function nothingIsLost({ server, saved, acting }: World): Promise<void> {
  const here = new Set((await acting.store.outbox()).map(({ change }) => change.id));
  const there = new Set(server.arrived().map(({ id }) => id));
  for (const { id, set } of saved) {
    must(here.has(id) || there.has(id), () => `a saved change is nowhere: ${JSON.stringify(set)}`);
  }
}

/** What a cursor has passed lies on the disk, and its digest is that of what lies there. */
async function cursorsAreBehindTheirRows({ server, acting, unheard }: World): Promise<void> {
  const { db, sealing, feeds } = acting.store;
  const { generation } = await acting.store.db
    .get('state', 'phone')
    .then((state) => state ?? { generation: 1 });
  const onDisk = new Holdings(db, sealing, generation);
  await onDisk.load(() => Promise.resolve());
  for (const { village, next, digest } of await feeds.rows(generation)) {
    // A feed read into a second generation gets its digest when it is first compared.
    const kept = generation > 1 || digest === feedDigest(onDisk.have(village));
    must(kept, () => `the digest of ${village} is not that of its rows`);
    if (unheard) continue;
    for (const row of server.all()) {
      if (row.village !== village || row.rev > next) continue;
      const place = onDisk.catalog.places.get(row.id);
      must(
        place?.rev === row.rev && place.village === village,
        () => `${village} is read to ${next}, but ${row.entity} of ${row.rev} is not here`,
      );
    }
  }
}

interface OwnValue {
  change: string;
  state: string;
  record: string;
  village: string;
  name: string;
  value: unknown;
}

/** The last own edit of each field, in the order of saving. */
async function ownValues({ acting }: World): Promise<OwnValue[]> {
  const last = new Map<string, OwnValue>();
  for (const { change, state } of await acting.store.outbox()) {
    if (change.rescue) continue;
    const { id, record, village, set } = change;
    for (const [name, value] of Object.entries(set)) {
      last.set(`${record} ${name}`, { change: id, state, record, village, name, value });
    }
  }
  return [...last.values()];
}

/** It is what is shown, until the feed has passed it or a person has decided. */
async function ownEditsAreShown(world: World): Promise<void> {
  const { view, feeds, ready } = world.acting.store;
  if (!view || !ready.value) return;
  const read = (await feeds.rows()).filter(({ complete }) => complete);
  const next = new Map(read.map((row) => [row.village, row.next]));
  for (const own of await ownValues(world)) {
    if (own.state === 'sent' && mayBeGone(world, own, next)) continue;
    const copy = (await view.holdings.read([own.record])).get(own.record);
    const shown = (view.overlay.show(own.record, copy, null)?.data as Values | undefined)?.[
      own.name
    ];
    must(
      same(shown, own.value),
      () => `${own.state} ${own.name}=${String(own.value)} is shown as ${String(shown)}`,
    );
  }
}

/** True when the feed may show something else by now, or no feed tells of it any more. */
function mayBeGone({ server, unheard }: World, own: OwnValue, next: Map<string, number>): boolean {
  const { village } = own;
  const cursor = next.get(village);
  const moved = (server.record(own.record)?.village ?? village) !== village;
  if (unheard || moved || cursor === undefined) return true;
  const fate = server.fate(own.change);
  const passed = (fate?.rev ?? 0) <= cursor;
  return passed && (fate?.status === 'applied' || !server.waitsFor(own.change, own.name));
}

/** Once quiet: the phone is the server for its villages, and nothing said or known is missing there. */
export async function checkQuiet(world: World): Promise<void> {
  await check(world);
  const { server, saved } = world;
  const phone = await Phone.over(server, world.acting.store);
  await phone.equalsServer();
  await phone.isQuiet();
  const there = new Set(server.arrived().map(({ id }) => id));
  const last = new Map<string, { record: string; field: string; value: unknown }>();
  for (const { id, record, set } of saved) {
    must(there.has(id), () => `the server never got ${JSON.stringify(set)}`);
    for (const [field, value] of Object.entries(set))
      last.set(`${record} ${field}`, { record, field, value });
  }
  for (const [key, { record, field, value }] of last) {
    const overruled = world.deskWrote.has(key);
    must(
      overruled || knows(world, record, field, value),
      () => `${field}=${String(value)} is lost`,
    );
  }
  for (const { record, field, value } of world.owed) {
    must(knows(world, record, field, value), () => `only the phone knew ${field}=${String(value)}`);
  }
}

/** A revoked phone still gives up what it holds, and only then obeys the order to erase itself. */
export async function checkRevoked(world: World): Promise<void> {
  const { server } = world;
  server.deviceState = 'closing';
  await world.act({ do: 'make', tab: 0, village: 0, disk: null });
  await world.act({ do: 'sync', tab: 0, road: ['response lost'], disk: null, along: null });
  must(await world.sync(), () => 'a closing phone may send');
  const there = new Set(server.arrived().map(({ id }) => id));
  for (const { id, set } of world.saved) {
    must(there.has(id), () => `a closing phone kept ${JSON.stringify(set)}`);
  }
  server.deviceState = 'erase';
  await world.sync();
  const { state, summaries } = world.acting.store;
  must(state.value.standing === 'erased' && summaries.value.size === 0, () => 'still readable');
}

/** In the record, or before a person. */
function knows({ server }: World, record: string, field: string, value: unknown): boolean {
  if (field === 'village' || same(server.record(record)?.data[field], value)) return true;
  return server.waitingValues(record, field).some((one) => same(one, value));
}
