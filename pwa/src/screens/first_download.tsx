import { Icon } from '../parts/icon';
import { Screen } from '../parts/frame';
import { Empty } from '../parts/states';
import { t } from '../words';
import { usePhone } from './phone';

/** Nothing is here yet. The first village that is whole opens the app. */
export function FirstDownload() {
  const { store, doors } = usePhone();
  const trust = store.trust.value;
  const words = t().download;
  const villages = store.villages.value;
  const stuck = !trust.syncing && trust.progress === null;
  return (
    <Screen
      title={words.title}
      aside={
        <a class="pill" href="#/sync">
          {t().sync.title}
        </a>
      }
    >
      {villages.length === 0 && stuck && trust.lastSync !== null ? (
        <Empty icon="home" title={words.none}>
          <p>{words.noneText}</p>
        </Empty>
      ) : (
        <Bar />
      )}
      {stuck && (
        <button
          type="button"
          class="button button--primary button--big"
          onClick={() => void doors.syncNow()}
        >
          <Icon name="cloudUp" />
          {t().sync.now}
        </button>
      )}
    </Screen>
  );
}

function Bar() {
  const trust = usePhone().store.trust.value;
  const words = t().download;
  const progress = trust.progress;
  const total = progress?.villages ?? 0;
  return (
    <section class="card">
      <p>{words.text}</p>
      {total > 0 ? (
        <progress value={progress?.villagesDone ?? 0} max={total} aria-label={words.progress} />
      ) : (
        <progress aria-label={words.progress} />
      )}
      <p class="muted" role="status">
        {!trust.online
          ? words.paused
          : total > 0
            ? words.villages(progress?.villagesDone ?? 0, total)
            : t().app.loading}
      </p>
      {progress !== null && <p class="muted number">{words.records(progress.records)}</p>}
    </section>
  );
}
