/* What may be said on hearing why somebody has no card: the commune's sentences, else the usual. */
import type { ReferenceRow, Store } from '../store/face';
import { language, wordFor } from '../words';
import { useStore } from './phone';

export const TALKING_POINT = 'talking_point';

/** The sentences for a reason; those of the commune before the country's. */
export function talkingPoints(
  store: Pick<Store, 'reference'>,
  commune: string | null,
  reason: string,
): readonly string[] {
  const rows = store.reference(TALKING_POINT).filter(({ data }) => data['reason'] === reason);
  const own = rows.find(({ data }) => commune !== null && data['commune'] === commune);
  const usual = rows.find(({ data }) => data['commune'] == null);
  const found = sentencesIn(own, 'vi');
  return found.length > 0 ? found : sentencesIn(usual, language.value);
}

function sentencesIn(row: ReferenceRow | undefined, spoken: string): readonly string[] {
  const found = row?.data[spoken];
  if (!Array.isArray(found)) return [];
  return found.filter((one): one is string => typeof one === 'string' && one !== '');
}

/** The commune a village lies in, as the reference feed tells. */
export function communeOf(store: Pick<Store, 'reference'>, village: string): string | null {
  const parent = store.reference('area').find(({ id }) => id === village)?.data['parent'];
  return typeof parent === 'string' ? parent : null;
}

interface Props {
  reason: string | null | undefined;
  village: string;
  title: (reason: string) => string;
}

export function TalkingPoints({ reason, village, title }: Props) {
  const store = useStore();
  if (reason == null) return null;
  const sentences = talkingPoints(store, communeOf(store, village), reason);
  if (sentences.length === 0) return null;
  const heading = title(wordFor('uninsured_reason', reason));
  return (
    <section class="notice notice--accent" aria-label={heading}>
      <b>{heading}</b>
      <ul class="said">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
