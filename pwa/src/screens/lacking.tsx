import type { Lack } from '../domain/lacking';
import { Icon } from '../parts/icon';
import type { HouseholdFile } from '../store/face';
import { fieldName, t } from '../words';
import { lawWords } from '../words/law';
import { said } from './checks';

interface Props {
  title: string;
  file: HouseholdFile;
  lacks: readonly Lack[];
  /** The form of what is neither a person nor the worksheet; null: its fields stand on this screen. */
  form?: string | null;
}

interface Missing {
  readonly entity: string;
  readonly record: string | null;
  readonly fields: readonly string[];
  readonly codes: readonly string[];
}

/** What a paper still asks for, by person and field, each with the way to its form. Holds nothing back. */
export function Lacking({ title, file, lacks, form = null }: Props) {
  const words = lawWords().lacks;
  if (lacks.length === 0) return null;
  return (
    <details class="card fold">
      <summary>
        <span class="grow">
          {title} <b>{words.count(lacks.length)}</b>
        </span>
        <Icon name="down" />
      </summary>
      <div class="stack">
        <p class="muted small">{words.anyway}</p>
        <ul class="list">
          {grouped(lacks).map((one) => (
            <li key={`${one.entity} ${one.record}`}>
              <Row file={file} missing={one} form={form} />
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}

function grouped(lacks: readonly Lack[]): Missing[] {
  const groups = new Map<string, Lack[]>();
  for (const lack of lacks) {
    const key = `${lack.entity} ${lack.record}`;
    groups.set(key, [...(groups.get(key) ?? []), lack]);
  }
  return [...groups.values()].flatMap((of) => {
    const [first] = of;
    if (first === undefined) return [];
    const codes = of.map(({ code }) => code).filter((code) => code !== 'lacks');
    const { entity, record } = first;
    return { entity, record, fields: of.map(({ field }) => field), codes };
  });
}

function Row({
  file,
  missing,
  form,
}: {
  file: HouseholdFile;
  missing: Missing;
  form: string | null;
}) {
  const address = addressOf(file, missing, form);
  const told = (
    <span class="grow stack stack--tight">
      <b>{nameOf(file, missing)}</b>
      <span>{missing.fields.map((field) => fieldName(field)).join(', ')}</span>
      {missing.codes.map((code) => (
        <small key={code}>{said(code)}</small>
      ))}
    </span>
  );
  if (address === null) return <div class="item">{told}</div>;
  return (
    <a class="item" href={address}>
      {told}
      <Icon name="next" />
    </a>
  );
}

function nameOf(file: HouseholdFile, { entity, record }: Missing): string {
  const person = file.members.find(({ id }) => id === record)?.data.full_name;
  return person ?? t().entities[entity] ?? entity;
}

function addressOf(file: HouseholdFile, missing: Missing, form: string | null): string | null {
  const home = `#/household/${file.household.id}`;
  const { entity, record, fields } = missing;
  if (entity === 'member') return `#/person/${record}?ask=${fields.join()}`;
  if (entity === 'household') return `${home}/add`;
  return entity === 'farm_assessment' ? `${home}/farm` : form;
}
