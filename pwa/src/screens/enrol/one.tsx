import { useState } from 'preact/hooks';
import { printed } from '../../domain/enrolment/receipts';
import { nextStates, openToField } from '../../domain/enrolment/states';
import { showDate } from '../../parts/dates';
import { TextField } from '../../parts/fields';
import { Screen } from '../../parts/frame';
import { Icon } from '../../parts/icon';
import { showNumber } from '../../parts/numbers';
import { Empty } from '../../parts/states';
import { editOf } from '../../store/edits';
import type { DataOf, HouseholdFile, Rec } from '../../store/face';
import { t, wordFor } from '../../words';
import { enrolWords } from '../../words/enrol';
import { groupName, lawWords } from '../../words/law';
import { Lacking } from '../lacking';
import { lazy } from '../lazy';
import type { HouseholdProps } from '../household/routes';
import { useStore } from '../phone';
import { money } from '../price/money';
import { lawOn } from '../rights/ground';
import { promiseIsFree } from '../rights/sponsored';
import { useSaving } from '../saving';
import { TrustPill } from '../trust';
import { memberName } from './receipt';
import { lacksOf } from './lacks';
import { sharesTold } from './shares';
import '../../styles/rights.css';

type Enrolment = Rec<'enrolment'>;

const NOT_LISTED: readonly string[] = ['draft', 'submitted', 'checked', 'returned'];

const Edit = lazy<{ file: HouseholdFile; enrolment: Enrolment }>(() =>
  import('./edit').then((found) => found.EditEnrolment),
);

/** One enrolment: what was paid, how far it has come, and what may still be done here. */
export function EnrolmentScreen({ file, rest }: HouseholdProps) {
  const words = enrolWords();
  const home = `#/household/${file.household.id}`;
  const enrolment = file.enrolments.find(({ id }) => id === rest[1]);
  if (enrolment === undefined) {
    return (
      <Screen title={words.listTitle} back="#/enrolments">
        <Empty icon="note" title={words.notHere} />
      </Screen>
    );
  }
  if (rest[2] === 'edit') return <Edit file={file} enrolment={enrolment} />;
  return (
    <Screen title={memberName(file, enrolment)} back={home} aside={<TrustPill />}>
      <Told file={file} enrolment={enrolment} />
      <StillLacks file={file} enrolment={enrolment} />
      <Acts file={file} enrolment={enrolment} />
    </Screen>
  );
}

/** What the insurance's list still asks, while the commune has not sent it. */
function StillLacks({ file, enrolment }: { file: HouseholdFile; enrolment: Enrolment }) {
  const state = enrolment.data.state ?? 'draft';
  if (!NOT_LISTED.includes(state)) return null;
  const form = `#/household/${file.household.id}/enrolment/${enrolment.id}/edit`;
  return (
    <Lacking
      title={lawWords().lacks.list}
      file={file}
      lacks={lacksOf(file, enrolment)}
      form={openToField(state) ? form : null}
    />
  );
}

function Told({ file, enrolment }: { file: HouseholdFile; enrolment: Enrolment }) {
  const store = useStore();
  const words = enrolWords();
  const { data, waitingFields } = enrolment;
  const group = groupName(lawOn(store), data.paid_on ?? store.today(), data.insurance_group ?? '');
  const state = wordFor('enrolment_state', data.state ?? 'draft');
  const rows = sharesTold(file, enrolment);
  return (
    <>
      <section class="card">
        <p>
          <b>{words.since(state, showDate(data.state_on), data.state_by ?? '')}</b>
        </p>
        {data.return_reason != null && data.state === 'returned' && (
          <p class="notice notice--warn">{data.return_reason}</p>
        )}
        {data.cancelled_reason != null && <p class="notice">{data.cancelled_reason}</p>}
        {waitingFields.length > 0 && (
          <p class="notice notice--warn">
            {words.waits}: {waitingFields.map((field) => t().fields[field] ?? field).join(', ')}
          </p>
        )}
      </section>
      <section class="card">
        <p>
          {group}, {words.month(data.months ?? 0)}
        </p>
        <table class="costs">
          <caption class="visually-hidden">{words.total}</caption>
          <tbody>
            {rows.map(([label, amount], at) => (
              <tr key={label} class={at === rows.length - 1 ? 'costs-own' : undefined}>
                <th scope="row">{label}</th>
                <td>{at === rows.length - 1 ? money(amount) : showNumber(amount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {data.override_reason != null && <p>{data.override_reason}</p>}
        <p>{words.card(showDate(data.card_from), showDate(data.card_to))}</p>
        <p class="muted small">
          {words.number}:{' '}
          {data.receipt_number == null ? words.noNumber : printed(data.receipt_number)} ·{' '}
          {wordFor('payment_way', data.payment)} · {showDate(data.paid_on)}
        </p>
      </section>
    </>
  );
}

function Acts({ file, enrolment }: { file: HouseholdFile; enrolment: Enrolment }) {
  const words = enrolWords();
  const store = useStore();
  const saving = useSaving();
  const [wrong, setWrong] = useState<string | null>(null);
  const { data, id } = enrolment;
  const state = data.state ?? 'draft';
  const next = nextStates(state);
  const base = `#/household/${file.household.id}`;
  const become = async (values: Partial<DataOf<'enrolment'>>, said: string) => {
    const stamp = { state_on: store.today(), state_by: store.account.user.name };
    await saving.save([editOf<'enrolment'>(enrolment, { ...values, ...stamp })], said);
  };
  const submit = () => {
    if (data.receipt_number == null) setWrong(words.missing);
    else if (!promiseIsFree(file, enrolment)) setWrong(words.promiseUsed);
    else void become({ state: 'submitted' }, words.submitted);
  };
  return (
    <section class="stack">
      {saving.failed && (
        <p class="notice notice--danger" role="alert">
          {t().app.saveFailed}
        </p>
      )}
      {wrong !== null && (
        <p class="notice notice--danger" role="alert">
          {wrong}
        </p>
      )}
      {data.receipt != null && data.receipt_number != null && (
        <a class="item" href={`${base}/receipt/${data.receipt}`}>
          <Icon name="note" />
          <span class="grow">
            <b>{words.receiptTitle}</b>
          </span>
          <Icon name="next" />
        </a>
      )}
      {openToField(state) && (
        <a class="button" href={`${base}/enrolment/${id}/edit`}>
          <Icon name="edit" />
          {words.correct}
        </a>
      )}
      {next.includes('submitted') && (
        <button type="button" class="button button--primary" onClick={submit}>
          {state === 'returned' ? words.submitAgain : words.submit}
        </button>
      )}
      {next.includes('cancelled') && (
        <Cancel
          onCancel={(reason) =>
            void become({ state: 'cancelled', cancelled_reason: reason }, words.cancelled)
          }
        />
      )}
    </section>
  );
}

function Cancel({ onCancel }: { onCancel: (reason: string) => void }) {
  const words = enrolWords();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const empty = reason.trim() === '';
  return (
    <details class="card fold">
      <summary>
        {words.cancel}
        <Icon name="down" />
      </summary>
      <div class="stack">
        <p>{words.cancelText}</p>
        <TextField
          label={words.cancelReason}
          value={reason}
          onChange={(typed) => setReason(typed ?? '')}
          error={tried && empty ? words.cancelNeeded : undefined}
        />
        <button
          type="button"
          class="button button--danger"
          onClick={() => {
            setTried(true);
            if (!empty) onCancel(reason);
          }}
        >
          {words.cancel}
        </button>
      </div>
    </details>
  );
}
