import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/store/ids';
import { FakeServer } from './fake_server';
import { Phone } from './phone';

let server: FakeServer;
let phone: Phone;

beforeEach(async () => {
  server = new FakeServer();
  phone = await Phone.signedIn(server);
});

describe('when the server is restored from a backup', () => {
  test('what was sent after the backup is sent again, before what is unsent', async () => {
    const early = await phone.addHousehold('Trước sao lưu');
    await phone.sync();
    const backup = server.backup();
    const late = await phone.addHousehold('Sau sao lưu');
    await phone.sync();
    await phone.edit(early.household, { note: 'chưa gửi' });
    const saved = (await phone.store.outbox()).map(({ change }) => change.id);
    server.restore(backup);
    const before = server.requests.length;

    expect(await phone.sync()).toBe(true);
    expect(server.record(late.household)).toBeDefined();
    expect(server.record(early.household)?.data.note).toBe('chưa gửi');
    const again = server.requests
      .slice(before + 1)
      .flatMap(({ changes }) => changes.map(({ id }) => id));
    expect(again.slice(0, 4)).toEqual(saved.slice(0, 4));
    expect(phone.store.state.value).toMatchObject({ nextGeneration: null, epoch: server.epoch });
    await phone.equalsServer();
    await phone.isQuiet();
  });

  test('what only this phone still knows is offered as a rescue, once', async () => {
    const household = newId();
    server.write('household', household, 'v1', { village: 'v1', address: 'Cũ' });
    const backup = server.backup();
    server.write('household', household, 'v1', { address: 'Mới, của máy khác' });
    const lost = newId();
    server.write('member', lost, 'v1', { household, full_name: 'Chỉ còn ở máy này' });
    await phone.sync();

    server.restore(backup);
    await phone.sync();
    const rescues = server.arrived();
    expect(rescues.map(({ record, set }) => [record, set])).toEqual([
      [household, { address: 'Mới, của máy khác' }],
      [lost, { household, full_name: 'Chỉ còn ở máy này' }],
    ]);
    expect(server.record(household)?.data.address).toBe('Cũ');
    await phone.equalsServer();
    await phone.isQuiet();

    server.restore(server.backup());
    await phone.sync();
    expect(server.arrived()).toHaveLength(2);
    await phone.equalsServer();
    await phone.isQuiet();
  });

  test('a download of the second generation that breaks off goes on, and the old one stays in use', async () => {
    for (let n = 0; n < 20; n += 1) {
      server.write('household', newId(), 'v1', { village: 'v1', code: `H${n}` });
    }
    await phone.sync();
    await phone.store.feeds.fold(true);
    server.pageSize = 8;
    server.restore(server.backup());
    server.faults = [null, null, 'lose_response'];
    expect(await phone.sync()).toBe(false);
    await phone.reopen();
    expect(phone.store.summaries.value.size).toBe(20);
    expect(phone.store.state.value.nextGeneration).toBe(2);

    await phone.sync();
    expect(phone.store.state.value).toMatchObject({ generation: 2, nextGeneration: null });
    await phone.reopen();
    await phone.equalsServer();
    expect(server.arrived()).toEqual([]);
    await phone.isQuiet();
  });

  test('two restores in a row lose nothing', async () => {
    const empty = server.backup();
    const one = await phone.addHousehold('Một');
    await phone.sync();
    server.restore(empty);
    await phone.sync();
    const two = await phone.addHousehold('Hai');
    server.restore(empty);
    await phone.sync();
    expect(server.record(one.member)?.data.full_name).toBe('Một');
    expect(server.record(two.member)?.data.full_name).toBe('Hai');
    await phone.equalsServer();
    await phone.isQuiet();
  });

  test('a cursor ahead of the feed is noticed though the epoch is the same', async () => {
    const empty = server.backup();
    const { member } = await phone.addHousehold('Một');
    await phone.sync();
    const { epoch } = server;
    server.restore(empty);
    server.epoch = epoch;
    await phone.sync();
    expect(server.record(member)?.data.full_name).toBe('Một');
    await phone.equalsServer();
    await phone.isQuiet();
  });

  test('an own edit stays in sight while the second store is being read', async () => {
    for (let n = 0; n < 8; n += 1) server.write('household', newId(), 'v1', { village: 'v1' });
    const { household } = await phone.addHousehold('Còn thấy');
    await phone.sync();
    await phone.edit(household, { note: 'vừa ghi' });
    server.restore(server.backup());
    server.pageSize = 1;
    server.faults = [null, null, null, 'lose_response'];
    expect(await phone.sync()).toBe(false);
    expect(phone.store.state.value.nextGeneration).toBe(2);
    expect((await phone.file(household)).household.data.note).toBe('vừa ghi');
    await phone.reopen();
    expect((await phone.file(household)).household.data.note).toBe('vừa ghi');
    await phone.sync();
    expect((await phone.file(household)).household).toMatchObject({
      pending: 'none',
      data: { note: 'vừa ghi' },
    });
    await phone.isQuiet();
  });

  test('a phone that dies between the results and the second store still offers all again', async () => {
    const empty = server.backup();
    const { epoch } = server;
    const lost = await phone.addHousehold('Chỉ còn trên ngăn');
    await phone.sync();
    server.restore(empty);
    server.epoch = epoch;
    // The feed has grown past the phone's cursor: only the last result tells of the restore.
    for (let n = 0; n < 9; n += 1) server.write('household', newId(), 'v1', { village: 'v1' });
    const saved = await phone.addHousehold('Mới ghi');
    const patch = phone.store.patchState.bind(phone.store);
    phone.store.patchState = () => Promise.reject(new DOMException('', 'QuotaExceededError'));
    expect(await phone.sync()).toBe(false);
    expect(server.record(saved.member)).toBeDefined();
    phone.store.patchState = patch;
    await phone.reopen();
    await phone.sync();
    expect(server.record(lost.member)?.data.full_name).toBe('Chỉ còn trên ngăn');
    await phone.equalsServer();
    await phone.isQuiet();
  });

  test('a typed value that waits goes on waiting on the restored server', async () => {
    const { household } = await phone.addHousehold('Lang Thị Nga');
    await phone.sync();
    const backup = server.backup();
    server.judge = ({ set }) => ('phone' in set ? { status: 'held' } : null);
    await phone.edit(household, { phone: '0912345678' });
    await phone.sync();
    server.restore(backup);
    await phone.sync();
    expect((await phone.file(household)).household).toMatchObject({
      pending: 'waiting',
      data: { phone: '0912345678' },
    });
    await phone.isQuiet();
  });
});

describe('the sent shelf', () => {
  const DAY = 24 * 3600_000;

  test('keeps a sent change thirty days and until a backup begun an hour later', async () => {
    await phone.addHousehold('Vi Thị Xuân');
    await phone.sync();
    const sentAt = server.now;

    server.backedUpUntil = new Date(sentAt + 2 * 3600_000).toISOString();
    server.now = sentAt + 29 * DAY;
    await phone.sync();
    expect(phone.trust.sentShelf).toBe(2);

    server.backedUpUntil = new Date(sentAt + 0.5 * 3600_000).toISOString();
    server.now = sentAt + 31 * DAY;
    await phone.sync();
    expect(phone.trust.sentShelf).toBe(2);

    server.backedUpUntil = new Date(sentAt + 2 * 3600_000).toISOString();
    await phone.sync();
    expect(phone.trust.sentShelf).toBe(0);
    await phone.isQuiet();
  });

  test('outlives signing out', async () => {
    const { household } = await phone.addHousehold('Ở lại trong ngăn');
    expect(await phone.store.signOut()).toBe('unsent');
    await phone.sync();
    expect(await phone.store.signOut()).toBe(null);
    await phone.reopen();
    expect(phone.store.summaries.value.size).toBe(0);
    expect(phone.trust.sentShelf).toBe(2);
    await phone.sync();
    expect((await phone.file(household)).members).toHaveLength(1);
    await phone.equalsServer();
  });
});

describe('the standing of the phone', () => {
  test('a closing phone sends and reads nothing', async () => {
    server.write('household', newId(), 'v1', { village: 'v1' });
    server.deviceState = 'closing';
    await phone.addHousehold('Gửi lần cuối');
    await phone.sync();
    expect(phone.trust).toMatchObject({ standing: 'closing', unsent: 0 });
    expect(phone.store.summaries.value.size).toBe(1);
    await phone.isQuiet();
  });

  test('an erase order once all is sent keeps the shelf; a stolen phone keeps nothing', async () => {
    const { household } = await phone.addHousehold('Xoá');
    await phone.sync();
    server.deviceState = 'erase';
    expect(await phone.sync()).toBe(false);
    expect(phone.trust).toMatchObject({ standing: 'erased', sentShelf: 2 });
    expect(await phone.store.household(household)).toBe(null);

    const stolen = await Phone.signedIn(server);
    await stolen.addHousehold('Mất cắp');
    server.faults = ['error', null];
    expect(await stolen.sync()).toBe(false);
    await stolen.reopen();
    expect(await stolen.store.outbox()).toEqual([]);
  });

  test('an erase order waits for what was saved while it was under way', async () => {
    server.revoked = true;
    await phone.addHousehold('Trước lệnh');
    server.meanwhile = () => phone.addHousehold('Giữa chừng');
    expect(await phone.sync()).toBe(false);
    expect(server.arrived()).toHaveLength(4);
    expect(phone.trust).toMatchObject({ standing: 'erased', unsent: 0, sentShelf: 4 });
  });

  test('an erase order waits for what the server could not read', async () => {
    server.revoked = true;
    await phone.addHousehold('Đọc được');
    server.judge = ({ entity }) => (entity === 'member' ? { status: 'malformed' } : null);
    expect(await phone.sync()).toBe(true);
    expect(phone.trust).toMatchObject({ standing: 'closing', needsHelp: 1, sentShelf: 1 });
  });

  test('a revoked phone tells a restored server all again before it erases itself', async () => {
    const empty = server.backup();
    await phone.addHousehold('Đã gửi');
    await phone.sync();
    server.restore(empty);
    server.revoked = true;
    expect(await phone.sync()).toBe(false);
    expect(server.arrived()).toHaveLength(2);
    expect(phone.trust.standing).toBe('erased');
  });
});

describe('the clock', () => {
  test('a clock that is years off is corrected for the day and for saved moments', async () => {
    const wrong = Date.parse('2019-01-01T00:00:00Z');
    server.now = Date.parse('2026-11-22T23:30:00+07:00');
    const real = server.now;
    const behind = await Phone.withClock(server, () => wrong);
    expect(behind.store.today()).toBe('2019-01-01');
    await behind.sync();
    expect(behind.trust.clockOffsetMinutes).toBe(Math.round((real - wrong) / 60_000));
    expect(behind.store.today()).toBe('2026-11-22');
    await behind.addHousehold('Giờ đúng');
    await behind.sync();
    expect(server.arrived()[0]?.at).toBe('2026-11-22T23:30:00+07:00');
    await behind.isQuiet();
  });
});
