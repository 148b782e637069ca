import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../src/store/ids';
import { PhoneStore } from '../../src/store/phone_store';
import { FakeServer } from './fake_server';
import { Phone } from './phone';

let server: FakeServer;
let phone: Phone;
let otherTab: PhoneStore;

beforeEach(async () => {
  server = new FakeServer();
  phone = await Phone.signedIn(server);
  otherTab = await PhoneStore.open(phone.store.account, { now: () => server.now });
  await otherTab.load();
});
afterEach(() => {
  otherTab.close();
  phone.store.close();
});

/** Resolves when the other tab shows what is expected. */
function shownThere(is: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = otherTab.trust.subscribe(() => {
      if (!is()) return;
      queueMicrotask(() => stop());
      resolve();
    });
  });
}

test('another tab shows what was saved here, and then that it was sent', async () => {
  const { household } = await phone.addHousehold('Thấy ở thẻ kia');
  await shownThere(() => otherTab.trust.value.unsent === 2);
  expect(otherTab.summaries.value.get(household)?.headName).toBe('Thấy ở thẻ kia');

  await phone.sync();
  await shownThere(() => otherTab.summaries.value.get(household)?.pending === 'none');
  expect(otherTab.trust.value.unsent).toBe(0);
  await phone.isQuiet();
});

test('another tab reads on after this one has folded its chunks anew', async () => {
  const household = newId();
  server.write('household', household, 'v1', { village: 'v1', code: 'H1' });
  await phone.sync();
  await phone.store.feeds.fold(true);
  await shownThere(() => otherTab.summaries.value.has(household));
  expect((await otherTab.household(household))?.household.data.code).toBe('H1');
});

test('what another tab has saved goes with the trip of this one', async () => {
  const twin = await Phone.over(server, otherTab);
  const { household } = await twin.addHousehold('Từ thẻ kia');
  await phone.sync();
  expect(server.record(household)).toBeDefined();
  await phone.equalsServer();
  await phone.isQuiet();
});
