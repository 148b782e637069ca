import { useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Boundary, Loading } from '../parts/states';
import { Toast } from '../parts/toast';
import type { Store } from '../store/face';
import { t } from '../words';
import { FirstDownload } from './first_download';
import { lazy } from './lazy';
import { PhoneContext, type Phone } from './phone';
import { goInstead, place, type Place } from './router';
import { SignIn } from './sign_in';
import { SyncPage } from './sync_page';
import { Today } from './today/today';

const Household = lazy(() => import('./household/routes').then((file) => file.HouseholdRoutes));
const Person = lazy(() => import('./person/routes').then((file) => file.PersonRoutes));
const NewHousehold = lazy(() => import('./new_household/wizard').then((file) => file.Wizard));
const AnswerTo = lazy(() => import('./household/answer').then((file) => file.AnswerTo));
const Changes = lazy(() => import('./sync/changes').then((file) => file.ChangesPage));
const Renewals = lazy(() => import('./renewals/screen').then((file) => file.RenewalsScreen));
const Losing = lazy(() => import('./losing/screen').then((file) => file.LosingScreen));
const FreeCards = lazy(() => import('./free/screen').then((file) => file.FreeScreen));
const Enrolments = lazy(() => import('./enrol/list').then((file) => file.EnrolmentList));
const Cash = lazy(() => import('./enrol/cash').then((file) => file.CashScreen));
const Leads = lazy(() => import('./leads/screen').then((file) => file.LeadsScreen));
const Tally = lazy(() => import('./tally').then((file) => file.Tally));

/** How far the phone is: nothing of the screen is drawn anew while this stays. */
type Stage = 'loading' | 'download' | 'work';

function stageOf({ summaries, trust, ready, villages }: Store): Stage {
  if (summaries.value.size > 0) return 'work';
  const { lastSync } = trust.value;
  if (lastSync !== null && !ready.value) return 'loading';
  return lastSync === null || villages.value.length === 0 ? 'download' : 'work';
}

/** The whole app for one signed-in phone. */
export function App({ phone }: { phone: Phone }) {
  const stage = useComputed(() => stageOf(phone.store));
  return (
    <PhoneContext.Provider value={phone}>
      <SkipLink />
      <OfflineLine store={phone.store} />
      <Boundary at={place.value.path}>{screenAt(place.value, phone, stage.value)}</Boundary>
      <Toast />
    </PhoneContext.Provider>
  );
}

/** Before anybody has signed in: the form, and nothing else. */
export function Entrance({ children }: { children: ComponentChildren }) {
  return (
    <>
      <Boundary at="sign-in">{children}</Boundary>
      <Toast />
    </>
  );
}

function screenAt(at: Place, phone: Phone, stage: Stage) {
  const [first, id, ...rest] = at.parts;
  const { store } = phone;
  if (first === 'sign-in') {
    return (
      <SignIn
        doors={phone.doors}
        again={store.account.username}
        onDone={() => goInstead('/sync')}
      />
    );
  }
  if (first === 'sync') return <SyncPage />;
  if (first === 'changes') return <Changes />;
  if (stage === 'loading') return <Loading />;
  if (stage === 'download') return <FirstDownload />;
  if (first === 'household' && id !== undefined) return <Household key={id} id={id} rest={rest} />;
  if (first === 'person' && id !== undefined) return <Person key={id} id={id} rest={rest} />;
  if (first === 'new' && id !== undefined)
    return <NewHousehold key={id} id={id} step={rest[0] ?? 'names'} />;
  if (first === 'returned' && id !== undefined) return <AnswerTo key={id} id={id} file={null} />;
  if (first === 'tally') return <Tally />;
  if (first === 'renewals') return <Renewals />;
  if (first === 'free') return <FreeCards />;
  if (first === 'enrolments') return <Enrolments />;
  if (first === 'cash') return <Cash />;
  if (first === 'leads') return <Leads />;
  if (first === 'losing') return <Losing />;
  return <Today />;
}

function SkipLink() {
  const skip = (event: MouseEvent) => {
    event.preventDefault();
    const main = document.getElementById('main');
    main?.setAttribute('tabindex', '-1');
    main?.focus();
  };
  return (
    <a class="skip-link" href="#main" onClick={skip}>
      {t().app.skip}
    </a>
  );
}

/** No signal is normal here: said once, calmly. Its place is kept while there is one: signals come
    and go, and a page that moved then would put another row under the finger. */
function OfflineLine({ store }: { store: Store }) {
  const online = useComputed(() => store.trust.value.online);
  return (
    <p class={`offline${online.value ? '' : ' offline--told'}`} role="status">
      {online.value ? '' : t().app.offline}
    </p>
  );
}
