import { Icon } from '../parts/icon';
import type { Trust } from '../store/face';
import { t } from '../words';
import { momentText } from './people';
import { useStore } from './phone';

/** What the surveyor must know at all times: unsent, last sync, storage, what is here. One tap to Đồng bộ. */
export function TrustLine() {
  const store = useStore();
  const trust = store.trust.value;
  const words = t().trust;
  const worried = trust.unsent > 0 || trust.needsHelp > 0 || trust.signInNeeded;
  return (
    <div class={`trust-line${worried ? ' trust--warn' : ''}`}>
      <a class="trust" href="#/sync">
        <span class="trust-mark">
          <Icon name={worried ? 'cloudUp' : 'check'} />
        </span>
        <span>
          <b>{unsentText(trust)}</b>
          <span class="visually-hidden"> · </span>
          <small>
            {syncedText(trust, store.today())} · {placeText(trust)}
          </small>
        </span>
        <span class="visually-hidden">{words.label}</span>
      </a>
      <a class="trust-more" href="#/changes" aria-label={t().changes.title}>
        <Icon name="list" />
      </a>
    </div>
  );
}

/** What needs help is on this phone only: it is never called sent. */
function unsentText({ unsent, needsHelp }: Trust): string {
  const words = t().trust;
  if (needsHelp === 0) return words.unsent(unsent);
  const stuck = words.needsHelp(needsHelp);
  return unsent === 0 ? stuck : `${words.unsent(unsent)}, ${stuck}`;
}

function syncedText(trust: Trust, today: string): string {
  const words = t().trust;
  if (trust.syncing) return words.syncing;
  return trust.lastSync === null
    ? words.neverSynced
    : words.synced(momentText(trust.lastSync, today));
}

function placeText(trust: Trust): string {
  const words = t().trust;
  const { households, villages, complete } = trust.downloaded;
  const ready = complete || trust.progress === null ? villages : trust.progress.villagesDone;
  const parts = [
    trust.persisted === true ? words.safe : words.unsafe,
    words.villages(ready, Math.max(villages, trust.progress?.villages ?? 0)),
    t().today.households(households),
  ];
  return parts.join(' · ');
}

/** The browser threw everything away once: said until it has been read. */
export function CameBackEmpty() {
  const store = useStore();
  if (!store.trust.value.cameBackEmpty) return null;
  return (
    <div class="notice notice--warn" role="alert">
      <p>{t().sync.emptied}</p>
      <button type="button" class="button" onClick={() => void store.readEmptied()}>
        {t().app.understood}
      </button>
    </div>
  );
}

/** The same in a corner, for every other screen. */
export function TrustPill() {
  const trust = useStore().trust.value;
  const quiet = trust.unsent === 0 && trust.needsHelp === 0 && !trust.signInNeeded;
  return (
    <a class={`pill${quiet ? '' : ' pill--warn'}`} href="#/sync">
      <Icon name={quiet ? 'check' : 'cloudUp'} />
      {unsentText(trust)}
    </a>
  );
}
