/** Another village is assigned while three hundred changes are unsent and the network goes away. */
import { describe, expect, test } from 'vitest';
import { newRecord } from '../../src/store/edits';
import { newId } from '../../src/store/ids';
import { TransportFailure } from '../../src/sync/transport';
import { FakeServer } from './fake_server';
import { Phone } from './phone';

const UNSENT = 300;
const OLD = 20;
const NEW = 60;

function fill(server: FakeServer, village: string, households: number): void {
  for (let n = 0; n < households; n += 1) {
    const household = newId();
    server.write('household', household, village, { village, code: `${village}-${n}` });
    server.write('member', newId(), village, { household, full_name: `Người ${n}` });
  }
}

/** Lets so many messages through, then the network is gone. */
function cutAfter(server: FakeServer, messages: number): () => void {
  const post = server.post.bind(server);
  let left = messages;
  server.post = async (path, body, token) => {
    left -= 1;
    if (left < 0) throw new TransportFailure('offline', 'no_connection');
    return post(path, body, token);
  };
  return () => (server.post = post);
}

const shownIn = (phone: Phone, village: string) =>
  [...phone.store.summaries.value.values()].filter((summary) => summary.village === village).length;

async function begun(): Promise<{ server: FakeServer; phone: Phone; saved: string[] }> {
  const server = new FakeServer();
  const [v1, v2] = server.villages;
  if (!v1 || !v2) throw new Error('two villages');
  server.villages = [v1];
  fill(server, 'v1', OLD);
  fill(server, 'v2', NEW);
  const phone = await Phone.signedIn(server);
  await phone.sync();
  const edits = Array.from({ length: UNSENT }, (_, n) =>
    newRecord('household', newId(), 'v1', { village: 'v1', code: `mới-${n}` }),
  );
  const { changes } = await phone.store.save(edits);
  await phone.store.shown();
  server.pageSize = 10;
  server.villages = [v2];
  return { server, phone, saved: changes };
}

describe('assigned to another village with three hundred changes unsent', () => {
  for (const percent of [10, 50, 90]) {
    test(
      `and the network cut at ${percent} %: nothing is lost, the old village serves on`,
      { timeout: 60_000 },
      async () => {
        const whole = await begun();
        await whole.phone.sync();
        const messages = whole.server.requests.length;

        const { server, phone, saved } = await begun();
        const before = server.requests.length;
        const join = cutAfter(server, Math.ceil(((messages - before) * percent) / 100));
        expect(await phone.sync()).toBe(false);
        await phone.reopen();
        const here = new Set((await phone.store.outbox()).map(({ change }) => change.id));
        for (const id of saved) expect(here.has(id)).toBe(true);
        const gained = shownIn(phone, 'v2');
        if (gained < NEW) expect(shownIn(phone, 'v1')).toBe(OLD + UNSENT);

        join();
        expect(await phone.sync()).toBe(true);
        expect(new Set(server.arrived().map(({ id }) => id))).toEqual(new Set(saved));
        expect(shownIn(phone, 'v2')).toBe(NEW);
        expect(shownIn(phone, 'v1')).toBe(0);
        await phone.equalsServer();
        await phone.isQuiet();
      },
    );
  }
});
