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

describe('sending what was saved', () => {
  test('what is saved offline is shown at once and reaches the server later', async () => {
    server.faults = ['lose_request'];
    const { household } = await phone.addHousehold('Lò Thị Mai');
    expect(await phone.sync()).toBe(false);
    expect(phone.trust.unsent).toBe(2);
    expect((await phone.file(household)).members[0]?.data.full_name).toBe('Lò Thị Mai');

    expect(await phone.sync()).toBe(true);
    expect(phone.trust).toMatchObject({
      unsent: 0,
      sentShelf: 2,
      lastTrip: { sent: 2, serverHas: 2 },
    });
    expect((await phone.file(household)).household.pending).toBe('none');
    await phone.equalsServer();
    await phone.isQuiet();
  });

  test('a lost response is answered again, and nothing is stored twice', async () => {
    server.faults = ['lose_response'];
    await phone.addHousehold('Vi Văn Sơn');
    expect(await phone.sync()).toBe(false);
    expect(server.arrived()).toHaveLength(2);
    expect(phone.trust.unsent).toBe(2);

    await phone.sync();
    expect(server.arrived()).toHaveLength(2);
    await phone.equalsServer();
    await phone.isQuiet();
  });

  test('two syncs asked for at once send everything once', async () => {
    await phone.addHousehold('Hà Thị Én');
    await Promise.all([phone.sync(), phone.sync(), phone.sync()]);
    const sent = server.requests.flatMap(({ changes }) => changes.map(({ id }) => id));
    expect(new Set(sent).size).toBe(sent.length);
    await phone.isQuiet();
  });

  test('changes go in the order in which they were saved', async () => {
    for (const name of ['A', 'B', 'C', 'D']) await phone.addHousehold(name);
    const saved = (await phone.store.outbox()).map(({ change }) => change.id);
    await phone.sync();
    expect(server.arrived().map(({ id }) => id)).toEqual(saved);
  });

  test('an edit of a field says what the screen showed, own unsent edits included', async () => {
    const { household } = await phone.addHousehold('Lê Văn Tư');
    await phone.edit(household, { address: 'Ngõ 1' });
    await phone.edit(household, { address: 'Ngõ 2' });
    await phone.sync();
    expect(server.arrived().map(({ was }) => was.address)).toEqual([
      undefined,
      undefined,
      'Thôn',
      'Ngõ 1',
    ]);
    expect(server.record(household)?.data.address).toBe('Ngõ 2');
    await phone.isQuiet();
  });

  test('a save during a trip goes with the next one', async () => {
    const first = await phone.addHousehold('Một');
    const trip = phone.sync();
    const second = await phone.addHousehold('Hai');
    await trip;
    await phone.sync();
    expect(server.record(first.household)).toBeDefined();
    expect(server.record(second.household)).toBeDefined();
    await phone.isQuiet();
  });
});

describe('what the server does not simply apply', () => {
  test('a field changed elsewhere waits, and is shown as typed until the officer rejects it', async () => {
    const { household } = await phone.addHousehold('Cầm Thị Hoa');
    await phone.sync();
    server.write('household', household, 'v1', { address: 'từ bàn giấy' });
    await phone.edit(household, { address: 'Ngõ 7', hamlet: 'Bản Lát' });
    await phone.sync();

    const shown = (await phone.file(household)).household;
    expect(shown.data).toMatchObject({ address: 'Ngõ 7', hamlet: 'Bản Lát' });
    expect(shown).toMatchObject({ pending: 'waiting', waitingFields: ['address'] });
    expect(phone.trust.waiting).toBe(1);
    await phone.reopen();
    expect((await phone.file(household)).household.data.address).toBe('Ngõ 7');

    server.settle(server.arrived()[2]?.id ?? '', 'rejected', false);
    await phone.sync();
    expect((await phone.file(household)).household).toMatchObject({
      pending: 'none',
      data: { address: 'từ bàn giấy', hamlet: 'Bản Lát' },
    });
    await phone.equalsServer();
    await phone.isQuiet();
  });

  test('the applied part of a merged change gives way to later values while the rest waits', async () => {
    const { household } = await phone.addHousehold('Lương Văn Ba');
    await phone.sync();
    server.write('household', household, 'v1', { address: 'từ bàn giấy' });
    await phone.edit(household, { address: 'Ngõ 7', hamlet: 'Bản Lát' });
    await phone.sync();
    server.write('household', household, 'v1', { hamlet: 'Bản Mới' });
    await phone.sync();
    await phone.reopen();
    expect((await phone.file(household)).household).toMatchObject({
      pending: 'waiting',
      data: { address: 'Ngõ 7', hamlet: 'Bản Mới' },
    });
    await phone.isQuiet();
  });

  test('a field settled before the others of its change is not shown as typed any more', async () => {
    const { household } = await phone.addHousehold('Lương Văn Tư');
    await phone.sync();
    server.judge = () => ({ status: 'held' });
    await phone.edit(household, { phone: '0912345678', note: 'chờ' });
    await phone.sync();
    server.settleField(server.arrived()[2]?.id ?? '', 'phone', 'rejected');
    await phone.sync();
    const shown = (await phone.file(household)).household;
    expect(shown).toMatchObject({ pending: 'waiting', waitingFields: ['note'] });
    expect(shown.data.phone).toBeUndefined();
    await phone.isQuiet();
  });

  test('a held change goes on being shown until it is applied', async () => {
    const { household } = await phone.addHousehold('Ngân Văn Bình');
    await phone.sync();
    server.judge = () => ({ status: 'held' });
    await phone.edit(household, { phone: '0912345678' });
    await phone.sync();
    expect((await phone.file(household)).household.pending).toBe('waiting');
    await phone.isQuiet();

    server.settle(server.arrived()[2]?.id ?? '', 'applied', true);
    await phone.sync();
    expect((await phone.file(household)).household).toMatchObject({
      pending: 'none',
      data: { phone: '0912345678' },
    });
    await phone.isQuiet();
  });

  test('what the server cannot read needs help, is kept and tried again when asked', async () => {
    const { household } = await phone.addHousehold('Quách Thị Lan');
    await phone.sync();
    const { last } = phone.store.state.value;
    server.judge = () => ({ status: 'malformed' });
    await phone.edit(household, { note: 'khó đọc' });
    await phone.sync();
    // The server has kept nothing of it: naming it as the last would look like a restore.
    expect(phone.store.state.value.last).toBe(last);
    expect(phone.trust).toMatchObject({ unsent: 0, needsHelp: 1 });
    expect((await phone.file(household)).household.data.note).toBe('khó đọc');
    expect(await phone.store.signOut()).toBe('needs_help');
    await phone.isQuiet();

    await phone.store.retryNeedsHelp();
    expect(phone.trust).toMatchObject({ unsent: 1, needsHelp: 0 });
  });

  test('what the server could not read is tried again once the server is another one', async () => {
    const { household } = await phone.addHousehold('Quách Thị Lan');
    server.judge = () => ({ status: 'malformed' });
    await phone.sync();
    expect(phone.trust).toMatchObject({ needsHelp: 2 });
    server.judge = () => null;
    await phone.sync();
    expect(phone.trust).toMatchObject({ needsHelp: 2 });
    server.server = 'fake-2';
    await phone.sync();
    expect(phone.trust).toMatchObject({ unsent: 0, needsHelp: 0 });
    expect((await phone.file(household)).members).toHaveLength(1);
    await phone.isQuiet();
  });

  test('what the officer returned puts the household on the round until it is answered', async () => {
    const { household } = await phone.addHousehold('Lục Thị Sen');
    await phone.sync();
    server.judge = () => ({ status: 'held' });
    await phone.edit(household, { phone: '0912345678' });
    await phone.sync();
    const change = server.arrived()[2]?.id ?? '';
    server.settle(change, 'returned', false);
    server.judge = () => null;
    await phone.sync();
    expect(phone.store.summaries.value.get(household)?.reasons).toContain('returned');

    const shown = (await phone.file(household)).household;
    const edit = { entity: shown.entity, record: household, village: 'v1' };
    const values = { was: { phone: '0912345678' }, set: { phone: '0987654321' } };
    await phone.store.save([{ ...edit, ...values, answers: change }]);
    await phone.store.shown();
    expect(phone.store.summaries.value.get(household)?.reasons).not.toContain('returned');
  });
});

describe('when a trip fails', () => {
  test('one change that makes the server stumble does not stop the others', async () => {
    for (let n = 0; n < 20; n += 1) await phone.addHousehold(`Người ${n}`);
    const bad = (await phone.store.outbox())[13]?.change.id;
    server.stumblesOn = ({ id }) => id === bad;
    await phone.sync();
    expect(server.arrived()).toHaveLength(39);
    expect(phone.trust).toMatchObject({ unsent: 0, needsHelp: 1 });
    await phone.isQuiet();

    server.stumblesOn = () => false;
    server.server = 'fake-2';
    await phone.sync();
    expect(server.arrived()).toHaveLength(40);
    await phone.equalsServer();
    await phone.isQuiet();
  });

  test('a server that is ill blames no change', async () => {
    await phone.addHousehold('Bùi Văn Tám');
    for (let n = 0; n < 5; n += 1) {
      server.faults = ['error', 'error'];
      expect(await phone.sync()).toBe(false);
    }
    expect(phone.trust).toMatchObject({ unsent: 2, needsHelp: 0 });
    await phone.sync();
    await phone.isQuiet();
  });

  test('an ended token keeps everything and asks to sign in again', async () => {
    server.faults = ['unauthorized'];
    const { household } = await phone.addHousehold('Phạm Thị Ngân');
    expect(await phone.sync()).toBe(false);
    expect(phone.trust).toMatchObject({ signInNeeded: true, unsent: 2 });
    await phone.edit(household, { note: 'vẫn ghi được' });
    await phone.sync();
    expect(phone.trust).toMatchObject({ signInNeeded: false, unsent: 0 });
    await phone.isQuiet();
  });

  test('a busy server is asked later, with the same batch', async () => {
    await phone.addHousehold('Trương Văn Út');
    server.faults = ['busy'];
    expect(await phone.sync()).toBe(false);
    await phone.sync();
    expect(server.requests[0]?.changes).toHaveLength(2);
    await phone.isQuiet();
  });
});

describe('reading the feeds', () => {
  function fill(households: number, village = 'v1'): void {
    for (let n = 0; n < households; n += 1) {
      const household = newId();
      server.write('household', household, village, { village, code: `H${n}` });
      server.write('member', newId(), village, {
        household,
        full_name: `Người ${n}`,
        relation: 'head',
      });
    }
  }

  test('a download broken off between pages goes on where it stopped', async () => {
    fill(30);
    fill(10, 'v2');
    server.pageSize = 16;
    server.faults = [null, null, 'lose_response'];
    expect(await phone.sync()).toBe(false);
    await phone.reopen();
    const had = phone.store.view?.holdings.catalog.places.size;
    expect(had).toBe(32);
    const before = server.requests.length;
    await phone.sync();
    expect(server.requests[before]?.since.v1).toBe(32);
    expect(phone.trust.downloaded).toEqual({
      households: 40,
      people: 40,
      villages: 2,
      complete: true,
    });
    await phone.equalsServer();
    await phone.isQuiet();
  });

  test('what was folded into chunks is read the same after opening again', async () => {
    fill(250);
    await phone.sync();
    await phone.store.feeds.fold(true);
    const before = await phone.everything();
    await phone.reopen();
    expect(await phone.everything()).toEqual(before);
    expect(phone.store.view?.holdings.unfolded).toBe(0);
    await phone.equalsServer();
    await phone.isQuiet();
  });

  test('a household that moves to another village of this phone is there once', async () => {
    fill(3);
    await phone.sync();
    await phone.store.feeds.fold(true);
    const household = server.all().find(({ entity }) => entity === 'household')?.id ?? '';
    server.move(household, 'v2');
    await phone.sync();
    expect((await phone.file(household)).household.village).toBe('v2');
    expect((await phone.file(household)).members).toHaveLength(1);
    await phone.equalsServer();
    await phone.store.feeds.fold(true);
    await phone.reopen();
    await phone.equalsServer();
    server.move(household, 'v1');
    await phone.sync();
    await phone.equalsServer();
    await phone.isQuiet();
  });

  test('a lower revision never replaces a copy, except in a repair', async () => {
    fill(2);
    await phone.sync();
    const record = server.all().find(({ entity }) => entity === 'household');
    const id = record?.id ?? '';
    const old = { village: 'v1', records: [{ ...record, rev: 0, data: { code: 'cũ' } }], gone: [] };
    await phone.store.feeds.take({ ...old, repair: false } as never, 4, false);
    expect((await phone.file(id)).household.data.code).toBe('H0');
    await phone.store.feeds.take({ ...old, repair: true } as never, 4, false);
    expect((await phone.file(id)).household.data.code).toBe('cũ');
    await phone.sync();
    expect((await phone.file(id)).household.data.code).toBe('H0');
    await phone.equalsServer();
    await phone.isQuiet();
  });

  test('a feed that differs at an equal cursor is repaired once, and counted', async () => {
    fill(5);
    await phone.sync();
    await phone.store.feeds.fold(true);
    const [first, second] = server.all();
    server.forget(first?.id ?? '');
    server.rewind(second?.id ?? '', 1, { ...second?.data, known_as: 'Cả' });
    await phone.sync();
    expect(phone.trust.repairs).toBe(1);
    await phone.equalsServer();
    await phone.isQuiet();
  });

  test('a village that is lost goes, but not while something of it is unsent', async () => {
    fill(2);
    fill(2, 'v2');
    await phone.sync();
    const { household } = await phone.addHousehold('Chưa gửi', 'v2');
    const all = server.villages;
    server.villages = all.slice(0, 1);
    const stuck = (await phone.store.outbox()).map(({ change }) => change.id);
    server.stumblesOn = ({ id }) => stuck.includes(id);
    await phone.sync();
    expect(phone.store.summaries.value.size).toBe(5);

    server.stumblesOn = () => false;
    await phone.store.retryNeedsHelp();
    await phone.sync();
    expect(server.record(household)).toBeDefined();
    expect(phone.store.summaries.value.size).toBe(2);
    await phone.reopen();
    await phone.equalsServer();
    await phone.isQuiet();

    server.villages = all;
    await phone.sync();
    expect(phone.store.summaries.value.size).toBe(5);
    await phone.equalsServer();
    await phone.isQuiet();
  });

  test('unknown fields of a newer server are kept whole', async () => {
    const household = newId();
    server.write('household', household, 'v1', { village: 'v1', colour_of_roof: { a: [1] } });
    await phone.sync();
    await phone.reopen();
    expect((await phone.file(household)).household.data).toMatchObject({
      colour_of_roof: { a: [1] },
    });
  });

  test('a reference feed that differs is read again from the start', async () => {
    server.write('school', 's1', 'reference', { name: 'Một' });
    server.write('school', 's2', 'reference', { name: 'Hai' });
    await phone.sync();
    server.forget('s1');
    server.rewind('s2', 1, { name: 'Hai, sửa' });
    await phone.sync();
    expect(phone.store.reference('school').map(({ data }) => data.name)).toEqual(['Hai, sửa']);
    expect(phone.trust.repairs).toBe(1);
    await phone.equalsServer();
    await phone.isQuiet();
  });

  test('the reference feed is there for every screen', async () => {
    server.write('school', 's1', 'reference', { name: 'Trường Ngọc Phụng' });
    await phone.sync();
    expect(phone.store.reference('school')).toEqual([
      { id: 's1', entity: 'school', data: { name: 'Trường Ngọc Phụng' } },
    ]);
    await phone.store.feeds.fold(true);
    await phone.reopen();
    expect(phone.store.reference('school')).toHaveLength(1);
  });
});
