import { lawWords } from '../../words/law';
import type { Standing } from './people';

/** Who collects a pupil's money, and how the card follows the school year. */
export function SchoolYear({
  standing,
  school,
}: {
  standing: Standing;
  school: readonly number[];
}) {
  const words = lawWords().school;
  return (
    <div class="notice">
      <p>{words.collects}</p>
      {standing.facts.work === 'student' && <p>{words.student}</p>}
      {school.length > 0 && <p>{words.last(school.length > 1)}</p>}
    </div>
  );
}
