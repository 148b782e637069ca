import { Chips, YesNo } from '../../parts/chips';
import { NumberField, TextField } from '../../parts/fields';
import { t, type Choice } from '../../words';
import { Worksheet } from '../household/worksheet';
import { farmCandidate, named, type FarmAnswers } from './model';
import type { StepProps } from './wizard';

/** Four quick questions; the worksheet only where the household comes into question. */
export function FarmStep({ household, change }: StepProps) {
  const words = t().wizard;
  const { farm } = household;
  const set = (part: Partial<FarmAnswers>) =>
    change((now) => ({ ...now, farm: { ...now.farm, ...part } }));
  const living: Choice[] = [
    ['poor', words.livingAnswers.poor],
    ['near_poor', words.livingAnswers.near_poor],
    ['neither', words.livingAnswers.neither],
  ];
  const candidate = farmCandidate(farm);
  return (
    <>
      <p class="muted">{words.farmIntro}</p>
      <section class="card">
        <YesNo
          label={words.farmQuestions.works}
          value={farm.works}
          onChange={(works) => set({ works })}
        />
        {farm.works === true && (
          <YesNo
            label={words.farmQuestions.main}
            value={farm.main}
            onChange={(main) => set({ main })}
          />
        )}
        <Chips
          label={words.farmQuestions.poor}
          options={living}
          value={farm.living}
          onChange={(choice) => set({ living: choice as FarmAnswers['living'] })}
        />
        {farm.works === true && (
          <NumberField
            label={words.farmQuestions.workers}
            value={farm.workers}
            onChange={(workers) => set({ workers })}
          />
        )}
      </section>
      {candidate !== null && (
        <p class={candidate ? 'notice notice--accent' : 'notice'}>
          {candidate ? words.candidate : words.notCandidate}
        </p>
      )}
      {candidate === true && (
        <>
          <p class="muted">{t().farm.hint}</p>
          <TextField
            label={t().farm.main}
            value={farm.activity}
            onChange={(activity) => set({ activity: activity === '' ? null : activity })}
          />
          <Worksheet
            lines={farm.lines}
            people={named(household).length}
            onChange={(lines) => set({ lines })}
          />
        </>
      )}
    </>
  );
}
