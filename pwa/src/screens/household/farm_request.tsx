import { FIELD_FARM_STATES } from '../../wire/fields';
import { requestLacks, type Filed } from '../../domain/lacking';
import { Screen } from '../../parts/frame';
import { Icon } from '../../parts/icon';
import { showDate } from '../../parts/dates';
import { editOf } from '../../store/edits';
import type { HouseholdFile, Rec } from '../../store/face';
import { t, wordFor } from '../../words';
import { lawWords } from '../../words/law';
import { FormScreen } from '../form_screen';
import { Lacking } from '../lacking';
import { useStore } from '../phone';
import { RecordField } from '../record_field';
import { useRecordForm } from '../record_form';
import { useSaving } from '../saving';
import { useStableId } from '../stable_id';
import { TrustPill } from '../trust';
import { latestRequest, newestWorksheet, standingRequest } from './farm_requests';
import { fileName, headOf, livingMembers, memberChoices } from './members';
import type { HouseholdProps } from './routes';

type Request = Rec<'farm_request'>;

/** The household asks to be recognised (QĐ 24/2021, Mẫu 01); afterwards, how far the commune has come. */
export function FarmRequestScreen(props: HouseholdProps) {
  const standing = standingRequest(props.file);
  if (standing === null || isTheFields(standing)) return <RequestForm {...props} />;
  return (
    <Screen
      title={t().farm.ask}
      back={`#/household/${props.file.household.id}`}
      aside={<TrustPill />}
    >
      <Progress request={standing} />
      {standing.data.decided_on == null && <StillLacks file={props.file} request={standing} />}
      <p class="muted small">{t().farm.askHint}</p>
    </Screen>
  );
}

function RequestForm({ file }: HouseholdProps) {
  const store = useStore();
  const words = t().farm;
  const { household } = file;
  const home = `/household/${household.id}`;
  const key = `farm_request:${household.id}`;
  const id = useStableId(key);
  const standing = standingRequest(file);
  const latest = latestRequest(file);
  const worksheet = newestWorksheet(file);
  const applicant = headOf(file) ?? livingMembers(file)[0];
  const fresh = { entity: 'farm_request' as const, id, village: household.village, data: {} };
  const form = useRecordForm(
    standing ?? fresh,
    key,
    {
      title: t().today.draftOf(fileName(file)),
      path: `${home}/request`,
      village: household.village,
    },
    standing === null
      ? {
          household: household.id,
          requested_on: store.today(),
          state: 'submitted',
          assessment: worksheet?.id ?? null,
          applicant: applicant?.id ?? null,
          reason: words.reasonStart,
        }
      : {},
  );
  return (
    <FormScreen title={words.ask} form={form} home={home} saveLabel={words.askSave}>
      {latest !== null && <Progress request={latest} />}
      {worksheet === null ? (
        <a class="notice notice--warn" href={`#${home}/farm`}>
          {words.noWorksheet}
        </a>
      ) : (
        <p class="muted">{words.withWorksheet(showDate(worksheet.data.months_to))}</p>
      )}
      <section class="card">
        <RecordField form={form} field="requested_on" />
        <RecordField form={form} field="applicant" options={memberChoices(file)} />
        <RecordField form={form} field="reason" />
      </section>
      <StillLacks file={file} request={{ id, data: form.values }} />
      {standing !== null && <TakeBack request={standing} />}
      <p class="muted small">{words.askHint}</p>
    </FormScreen>
  );
}

/** What Mẫu số 01 and its worksheet still ask of the household. */
function StillLacks({ file, request }: { file: HouseholdFile; request: Filed }) {
  const lacks = requestLacks(
    request,
    file.household.id,
    livingMembers(file),
    newestWorksheet(file),
  );
  return <Lacking title={lawWords().lacks.request} file={file} lacks={lacks} />;
}

function isTheFields({ data }: Request): boolean {
  return FIELD_FARM_STATES.includes(data.state ?? 'submitted');
}

function Progress({ request }: { request: Request }) {
  const { data } = request;
  const words = t().fields;
  const days: [string, string | null | undefined][] = [
    ['requested_on', data.requested_on],
    ['posting_ends_on', data.posting_ends_on],
    ['decided_on', data.decided_on],
    ['valid_from', data.valid_from],
    ['valid_to', data.valid_to],
  ];
  return (
    <section class="card stack stack--tight" aria-label={t().farm.progress}>
      <b>{wordFor('farm_request_state', data.state ?? 'submitted')}</b>
      {days.map(
        ([field, day]) =>
          day != null && (
            <span key={field} class="small">
              {words[field]}: {showDate(day)}
            </span>
          ),
      )}
      {data.decision_number != null && (
        <span class="small">
          {words['decision_number']}: {data.decision_number}
        </span>
      )}
      {data.refusal_reason != null && (
        <span class="small">
          {words['refusal_reason']}: {data.refusal_reason}
        </span>
      )}
    </section>
  );
}

/** Until the commune has checked it, a household may think again. */
function TakeBack({ request }: { request: Request }) {
  const saving = useSaving();
  const words = t().farm;
  return (
    <button
      type="button"
      class="button"
      aria-disabled={saving.working ? 'true' : undefined}
      onClick={() => void saving.save([editOf(request, { state: 'cancelled' })], words.takenBack)}
    >
      {words.takeBack}
    </button>
  );
}

/** On the household's page: how far its request has come. */
export function RequestLink({ file }: { file: HouseholdFile }) {
  const request = latestRequest(file);
  if (request === null) return null;
  return (
    <a class="item" href={`#/household/${file.household.id}/request`}>
      <Icon name="note" />
      <span class="grow">
        <b>{t().farm.ask}</b>
        <small>{wordFor('farm_request_state', request.data.state ?? 'submitted')}</small>
      </span>
      <Icon name="next" />
    </a>
  );
}
