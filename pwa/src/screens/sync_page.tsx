import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../parts/icon';
import { Screen } from '../parts/frame';
import type { SignOutRefusal, Trust } from '../store/face';
import { t } from '../words';
import { LanguageChips } from './language';
import { momentText } from './people';
import { lazy } from './lazy';
import { usePhone, useStore } from './phone';
import { CameBackEmpty } from './trust';

const Exporting = lazy(() => import('./sync/exporting').then((file) => file.Exporting));
const FileRoad = lazy(() => import('./sync/file_road').then((file) => file.FileRoad));

const MINUTES_A_DAY = 1440;

/** Where the data is, in numbers, and everything that can be done about it. */
export function SyncPage() {
  const { store, doors } = usePhone();
  const trust = store.trust.value;
  const words = t().sync;
  return (
    <Screen
      title={words.title}
      back="#/today"
      dock={
        <button
          type="button"
          class="button button--primary button--big dock-main"
          aria-disabled={trust.syncing ? 'true' : undefined}
          onClick={() => void doors.syncNow()}
        >
          <Icon name="cloudUp" />
          {trust.syncing ? words.working : words.now}
        </button>
      }
    >
      <Update />
      <State trust={trust} />
      <Warnings trust={trust} />
      <CameBackEmpty />
      <Entries trust={trust} />
      <FileRoad />
      <Villages />
      <Storage />
      <section class="card">
        <LanguageChips />
      </section>
      <ThisPhone />
    </Screen>
  );
}

function State({ trust }: { trust: Trust }) {
  const store = useStore();
  const words = t().sync;
  const trip = trust.lastTrip;
  return (
    <section class="card" aria-live="polite">
      <p>
        <b>{headline(trust)}</b>
      </p>
      {trip !== null && <p class="number">{words.count(trip.sent, trip.serverHas)}</p>}
      <p class="muted">
        {words.last}: {momentText(trust.lastSync, store.today())}
      </p>
      {trust.progress !== null && (
        <progress
          value={trust.progress.villagesDone}
          max={Math.max(1, trust.progress.villages)}
          aria-label={t().download.progress}
        />
      )}
      {!trust.online && <p class="muted">{words.offlineNow}</p>}
      {trust.online && trust.trouble !== null && <p class="muted">{words.failed}</p>}
    </section>
  );
}

/** What needs help has not been sent: then not everything has. */
function headline({ unsent, needsHelp }: Trust): string {
  const words = t().sync;
  if (unsent > 0) return words.unsent(unsent);
  return needsHelp > 0 ? words.stuck : words.allSent;
}

function Warnings({ trust }: { trust: Trust }) {
  const words = t().sync;
  const days = Math.round(Math.abs(trust.clockOffsetMinutes) / MINUTES_A_DAY);
  return (
    <>
      {trust.signInNeeded && (
        <Notice>
          <p>{t().signIn.again}</p>
          <a class="button button--primary" href="#/sign-in">
            {t().signIn.submit}
          </a>
        </Notice>
      )}
      {trust.standing === 'closing' && <Notice>{words.revoked}</Notice>}
      {Math.abs(trust.clockOffsetMinutes) >= MINUTES_A_DAY && (
        <Notice>{words.clockOff(days)}</Notice>
      )}
    </>
  );
}

function Notice({ children }: { children: ComponentChildren }) {
  return <div class="notice notice--warn">{children}</div>;
}

/** In numbers here; each change in words one tap further. */
function Entries({ trust }: { trust: Trust }) {
  const words = t().sync;
  return (
    <>
      {trust.needsHelp > 0 && <NeedsHelp count={trust.needsHelp} />}
      <a class="item" href="#/changes">
        <Icon name="list" />
        <span class="grow">
          <b>{t().changes.title}</b>
          {trust.waiting > 0 && (
            <small>
              {words.waiting} ({trust.waiting})
            </small>
          )}
        </span>
        <Icon name="next" />
      </a>
    </>
  );
}

function NeedsHelp({ count }: { count: number }) {
  const store = useStore();
  const words = t().sync;
  return (
    <section class="card">
      <h2>
        {words.needsHelp} ({count})
      </h2>
      <p>{words.needsHelpText}</p>
      <div class="stack">
        <Exporting which="stuck" label={words.export} />
        <button type="button" class="button" onClick={() => void store.retryNeedsHelp()}>
          {words.retry}
        </button>
      </div>
    </section>
  );
}

function Villages() {
  const store = useStore();
  const words = t().sync;
  const summaries = store.summaries.value;
  const counts = new Map<string, number>();
  for (const summary of summaries.values()) {
    if (!summary.ended) counts.set(summary.village, (counts.get(summary.village) ?? 0) + 1);
  }
  return (
    <section class="card">
      <h2>{words.villages}</h2>
      {store.villages.value.length === 0 && <p class="muted">{t().download.none}</p>}
      <dl class="facts">
        {store.villages.value.map((village) => (
          <>
            <dt>{village.name}</dt>
            <dd>{t().today.households(counts.get(village.id) ?? 0)}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}

function Storage() {
  const { store, doors } = usePhone();
  const words = t().sync;
  const trust = store.trust.value;
  const [used, setUsed] = useState<number | null>(null);
  const [persisted, setPersisted] = useState<boolean | null>(null);
  useEffect(() => void doors.usedBytes().then(setUsed), [doors]);
  const safe = persisted ?? trust.persisted;
  return (
    <section class="card">
      <h2>{words.storage}</h2>
      <p>{safe === true ? words.storageSafe : words.storageUnsafe}</p>
      {used !== null && (
        <p class="muted number">{words.used((used / 1_048_576).toFixed(1).replace('.', ','))}</p>
      )}
      {trust.repairs > 0 && <p class="muted">{words.repairs(trust.repairs)}</p>}
      {safe !== true && (
        <button
          type="button"
          class="button"
          onClick={() => void doors.askToKeep().then(setPersisted)}
        >
          {words.storageAsk}
        </button>
      )}
    </section>
  );
}

/** Offered here only, where no form is open; drafts are on disk and outlive it. */
function Update() {
  const { doors } = usePhone();
  const words = t().sync;
  if (!doors.updateReady.value) return null;
  return (
    <section class="notice notice--accent">
      <p>
        <b>{words.update}</b>
      </p>
      <p>{words.updateText}</p>
      <button type="button" class="button button--primary" onClick={() => doors.update()}>
        {words.updateNow}
      </button>
    </section>
  );
}

const REFUSED: Readonly<Record<SignOutRefusal, (unsent: number) => string>> = {
  unsent: (unsent) => t().sync.signOutUnsent(unsent),
  needs_help: () => t().sync.signOutHelp,
  carried: () => t().sync.signOutCarried,
  sent_shelf: () => t().sync.signOutShelf,
};

function ThisPhone() {
  const { store, doors } = usePhone();
  const words = t().sync;
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const { unsent, needsHelp } = store.trust.value;
  // A refusal of a moment ago must not stand beside 'everything has been sent'.
  useEffect(() => setRefused(null), [unsent, needsHelp]);
  const signOut = async () => {
    setAsking(false);
    try {
      const refusal = await store.signOut();
      if (refusal === null) doors.leave();
      else setRefused(REFUSED[refusal](store.trust.value.unsent));
    } catch {
      setRefused(navigator.onLine ? words.signOutFailed : words.signOutOffline);
    }
  };
  return (
    <section class="card">
      <h2>{words.phone}</h2>
      <p>{words.signedInAs(store.account.user.name)}</p>
      {refused !== null && (
        <p class="notice notice--warn" role="alert">
          {refused}
        </p>
      )}
      {asking ? (
        <div class="notice notice--warn">
          <p>{words.signOutSure}</p>
          <div class="row">
            <button type="button" class="button button--danger" onClick={() => void signOut()}>
              {words.signOut}
            </button>
            <button type="button" class="button" onClick={() => setAsking(false)}>
              {t().app.cancel}
            </button>
          </div>
        </div>
      ) : (
        <button type="button" class="button" onClick={() => setAsking(true)}>
          {words.signOut}
        </button>
      )}
    </section>
  );
}
