import { useState } from 'preact/hooks';
import { Chips } from '../parts/chips';
import { choices, t, type Choice } from '../words';

/** The proofs a surveyor may claim; the lists of the insurance office are not theirs to set. */
const EVIDENCE = ['card_seen', 'app', 'receipt', 'school', 'employer', 'unit', 'told'];
const COMMON = EVIDENCE.slice(0, 3);
const MORE = 'more';

interface Props {
  value: string | null | undefined;
  onChange: (evidence: string | null) => void;
  error?: string | undefined;
}

/** What proves a card: the three best first. It says what hearsay is worth before it is saved. */
export function EvidenceChips({ value, onChange, error }: Props) {
  const words = t().card;
  const [all, setAll] = useState(false);
  const open = all || (value != null && !COMMON.includes(value));
  const offered: Choice[] = open
    ? choices('card_evidence', EVIDENCE)
    : [...choices('card_evidence', COMMON), [MORE, `${t().app.more}…`]];
  return (
    <Chips
      label={words.evidence}
      hint={value == null ? words.proofHint : value === 'told' ? words.toldHint : undefined}
      options={offered}
      value={value}
      onChange={(choice) => (choice === MORE ? setAll(true) : onChange(choice))}
      error={error}
    />
  );
}
