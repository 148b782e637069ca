/** What the commune sends back, what it answers, and the book of own changes. */
import { beforeEach, describe, expect, test } from 'vitest';
import { newRecord } from '../../src/store/edits';
import { newId } from '../../src/store/ids';
import { confirmEdit } from '../../src/screens/household/answering';
import { FakeServer } from './fake_server';
import { Phone } from './phone';

let server: FakeServer;
let phone: Phone;
let household: string;
let member: string;

beforeEach(async () => {
  server = new FakeServer();
  phone = await Phone.signedIn(server);
  ({ household, member } = await phone.addHousehold('Lục Thị Sen'));
  await phone.sync();
});

/** The officer asks about a record: no change of anybody's waits. */
function sendBack(notes: Record<string, string>, record = member): string {
  const id = newId();
  const entity = record === member ? 'member' : 'household';
  const asked = { change: id, entity, record, household, fields: {}, reasons: [], notes };
  server.write('waiting', id, 'v1', { ...asked, state: 'returned' });
  return id;
}

const returned = () => phone.store.returned().map(({ id }) => id);

async function answerAsRecorded(): Promise<string> {
  const [item] = phone.store.returned();
  const file = await phone.file(household);
  const record = file.members[0];
  if (!item || !record) throw new Error('nothing to answer');
  const target = { entity: record.entity, id: record.id, village: 'v1', data: { ...record.data } };
  const edit = confirmEdit(target, item, phone.store.today());
  const { changes } = await phone.store.save(edit ? [edit] : []);
  await phone.store.shown();
  return changes[0] ?? '';
}

describe('what the commune returns', () => {
  test('is there for whoever serves the village, with its note', async () => {
    const id = sendBack({ birth_date: 'Hỏi lại' });
    const other = await Phone.signedIn(server);
    await other.sync();
    expect(other.store.returned()).toMatchObject([
      { id, village: 'v1', household, data: { record: member, notes: { birth_date: 'Hỏi lại' } } },
    ]);
    expect(other.store.summaries.value.get(household)?.reasons[0]).toBe('returned');
  });

  test('leaves when it is answered and stays away while the answer is under way', async () => {
    const id = sendBack({ birth_date: 'Hỏi lại' });
    await phone.sync();
    await answerAsRecorded();
    expect(returned()).toEqual([]);
    await phone.reopen();
    expect(returned()).toEqual([]);
    await phone.sync();
    expect(server.record(id)?.data.state).toBe('answered');
    expect(server.arrived().pop()).toMatchObject({ answers: id, set: { birth_date: null } });
    expect(returned()).toEqual([]);
    await phone.isQuiet();
  });

  test('comes back when it is returned again, also while the answer waits itself', async () => {
    const id = sendBack({ full_name: 'Ghi đủ họ tên' });
    await phone.sync();
    server.judge = () => ({ status: 'held' });
    await answerAsRecorded();
    await phone.sync();
    expect(returned()).toEqual([]);
    server.write('waiting', id, 'v1', { state: 'returned', notes: { full_name: 'Vẫn thiếu' } });
    await phone.sync();
    expect(returned()).toEqual([id]);
    await phone.reopen();
    expect(returned()).toEqual([id]);
  });

  test('of a record that never arrived has no household here, and is told all the same', async () => {
    const id = newId();
    const never = newId();
    const fields = { full_name: { was: null, set: 'Chưa đến' } };
    const data = { change: id, entity: 'member', record: never, household: newId(), fields };
    server.write('waiting', id, 'v1', { ...data, reasons: [], state: 'returned', note: 'Hộ nào?' });
    await phone.sync();
    expect(phone.store.returned()).toMatchObject([{ id, household: null }]);
  });
});

describe('a note to the commune', () => {
  test('is unread once answered, until it has been read here', async () => {
    const id = newId();
    const values = { about: member, kind: 'wrong_card', text: 'Sai năm sinh', state: 'open' };
    await phone.store.save([newRecord('field_note', id, 'v1', values as never)]);
    await phone.store.shown();
    expect(phone.store.notes()).toMatchObject([{ id, household, member, pending: 'unsent' }]);
    await phone.sync();
    expect(phone.store.notes()).toMatchObject([{ unread: false, pending: 'none' }]);

    server.write('field_note', id, 'v1', { state: 'answered', answer: 'Mang thẻ ra xã' });
    await phone.sync();
    expect(phone.store.notes()).toMatchObject([{ id, unread: true }]);
    await phone.store.readAnswer(id);
    expect(phone.store.notes()).toMatchObject([{ id, unread: false }]);
    await phone.reopen();
    expect(phone.store.notes()).toMatchObject([{ id, unread: false }]);
    server.write('field_note', id, 'v1', { answer: 'Thẻ mới đã về' });
    await phone.sync();
    expect(phone.store.notes()).toMatchObject([{ id, unread: true }]);
  });
});

describe('the book of own changes', () => {
  test('goes from unsent to sent, newest first, page by page', async () => {
    for (const note of ['một', 'hai', 'ba']) await phone.edit(household, { note });
    const unsent = await phone.store.ledger('unsent', 2);
    expect(unsent.total).toBe(3);
    expect(unsent.entries.map(({ change }) => change.set.note)).toEqual(['một', 'hai']);
    expect(unsent.entries[0]).toMatchObject({ household, member: null, sentAt: null });
    await phone.sync();
    const sent = await phone.store.ledger('sent', 2);
    expect(sent.total).toBe(5);
    expect(sent.entries.map(({ change }) => change.set.note)).toEqual(['ba', 'hai']);
    expect((await phone.store.ledger('unsent', 2)).total).toBe(0);
  });

  test('names the person of a card that nobody else knows yet', async () => {
    const card = { member, evidence: 'told', valid_to: '2027' } as never;
    await phone.store.save([newRecord('card', newId(), 'v1', card)]);
    await phone.store.shown();
    expect((await phone.store.ledger('unsent', 1)).entries[0]).toMatchObject({ household, member });
  });

  test('tells what waits, what the officer said, and how it ended', async () => {
    server.judge = () => ({ status: 'held' });
    await phone.edit(household, { phone: '0912345678' });
    await phone.sync();
    const change = server.arrived().pop()?.id ?? '';
    const review = async () => (await phone.store.ledger('review', 5)).entries[0];
    expect(await review()).toMatchObject({ status: 'held', verdicts: [{ state: 'open' }] });
    server.settle(change, 'rejected', false);
    const wait = server.all().find(({ data }) => data.change === change);
    server.write('waiting', wait?.id ?? '', 'v1', { note: 'Số này của hộ khác' });
    await phone.sync();
    await phone.reopen();
    expect(await review()).toMatchObject({
      verdicts: [{ state: 'rejected', note: 'Số này của hộ khác' }],
    });
    expect((await phone.store.ledger('sent', 5)).total).toBe(2);
  });

  test('puts one stuck change back into the queue and leaves the other', async () => {
    server.judge = () => ({ status: 'malformed' });
    await phone.edit(household, { note: 'một' });
    await phone.edit(household, { phone: '0912345678' });
    await phone.sync();
    const stuck = (await phone.store.ledger('needs_help', 5)).entries;
    await phone.store.retryNeedsHelp(stuck[1]?.change.id ?? '');
    expect(phone.trust).toMatchObject({ unsent: 1, needsHelp: 1 });
  });
});
