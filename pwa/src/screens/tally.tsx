import { useMemo } from 'preact/hooks';
import { villageTally, type VillageTally } from '../domain/village_tally';
import { Screen } from '../parts/frame';
import { showDate } from '../parts/dates';
import { showNumber, showPercent } from '../parts/numbers';
import { Empty } from '../parts/states';
import { Dot, type Shown } from '../parts/status';
import { t } from '../words';
import { useStore } from './phone';
import { headsMissing, targetOf } from './reference';
import { TrustPill } from './trust';
import { currentVillage, VillageSwitch } from './village';

const LINES: readonly Exclude<Shown, 'ending'>[] = [
  'covered',
  'elsewhere',
  'starting',
  'unconfirmed',
  'expired',
  'none',
  'not_asked',
];

/** The village's numbers, by the same rule as the desk's. */
export function Tally() {
  const store = useStore();
  const words = t().tally;
  const village = currentVillage(store);
  const summaries = store.summaries.value;
  const counts = useMemo(
    () => villageTally(village?.id ?? '', summaries.values()),
    [summaries, village?.id],
  );
  return (
    <Screen title={words.title} back="#/today" aside={<TrustPill />}>
      <VillageSwitch />
      {counts.people === 0 ? (
        <Empty icon="chart" title={words.emptyTitle}>
          <p>{words.emptyText}</p>
        </Empty>
      ) : (
        <>
          <Rate counts={counts} village={village?.id ?? ''} />
          <Statuses counts={counts} />
          <Apart counts={counts} />
          <p class="muted small">{words.asOf(showDate(store.today()))}</p>
        </>
      )}
    </Screen>
  );
}

function Rate({ counts, village }: { counts: VillageTally; village: string }) {
  const store = useStore();
  const words = t().tally;
  const target = targetOf(store, village, store.today());
  const missing = target === null ? null : headsMissing(counts, target);
  return (
    <section class="card">
      <h2>{words.rate}</h2>
      <p class="figure">{showPercent(counts.covered, counts.people)}</p>
      <p class="muted small">
        {words.rateHint}: {showNumber(counts.covered)}/{showNumber(counts.people)}
      </p>
      {counts.not_asked > 0 && <p class="notice">{words.incomplete(counts.not_asked)}</p>}
      {target === null ? (
        <p class="muted">{words.noTarget}</p>
      ) : (
        <dl class="facts">
          <dt>{words.target}</dt>
          <dd>{target.goalPercent === null ? '–' : `${target.goalPercent.replace('.', ',')} %`}</dd>
          {target.planned !== null && target.population !== null && (
            <>
              <dt>{words.planned}</dt>
              <dd>
                {showNumber(target.planned)}/{showNumber(target.population)}
              </dd>
            </>
          )}
          {missing !== null && (
            <>
              <dt>{words.missing}</dt>
              <dd>
                <b>{missing <= 0 ? words.reached : words.missingOf(missing)}</b>
              </dd>
            </>
          )}
          {target.deadline !== null && (
            <>
              <dt>{words.until}</dt>
              <dd>{showDate(target.deadline)}</dd>
            </>
          )}
        </dl>
      )}
      {target?.source != null && <p class="muted small">{words.source(target.source)}</p>}
    </section>
  );
}

function Statuses({ counts }: { counts: VillageTally }) {
  const words = t().tally;
  return (
    <section class="card">
      <h2>
        {words.people}: {showNumber(counts.people)} · {words.households(counts.households)}
      </h2>
      <table class="tally">
        <caption class="visually-hidden">{words.people}</caption>
        <tbody>
          {LINES.map((line) => (
            <tr key={line}>
              <th scope="row">
                <span class="status">
                  <Dot shown={line} />
                  {t().status[line]}
                </span>
              </th>
              <td>{showNumber(counts[line])}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{words.uninsured}</th>
            <td>
              <b>{showNumber(counts.uninsured)}</b>
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

/** Lines that stand beside the count: the commune decides which of them it uses. */
function Apart({ counts }: { counts: VillageTally }) {
  const words = t().tally;
  return (
    <section class="card">
      <h2>{words.apart}</h2>
      <dl class="facts">
        <dt>{words.registered}</dt>
        <dd>
          {words.coveredOf(showNumber(counts.registered_covered), showNumber(counts.registered))}
        </dd>
        <dt>{words.present}</dt>
        <dd>{words.coveredOf(showNumber(counts.present_covered), showNumber(counts.present))}</dd>
        <dt>{words.abroad}</dt>
        <dd>{showNumber(counts.abroad)}</dd>
      </dl>
    </section>
  );
}
