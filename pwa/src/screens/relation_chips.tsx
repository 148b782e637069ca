import { useState } from 'preact/hooks';
import { Chips } from '../parts/chips';
import { choices, fieldName, t, type Choice } from '../words';

const COMMON = ['spouse', 'child', 'child_in_law', 'parent', 'grandchild', 'sibling'];
const MORE = 'more';

interface Props {
  value: string | null | undefined;
  onChange: (relation: string | null) => void;
  /** The head is set by its place in the list, elsewhere it is one of the choices. */
  withHead?: boolean;
  error?: string | undefined;
  warning?: string | undefined;
}

/** The six relations most houses need, the others one tap away. */
export function RelationChips({ value, onChange, withHead = true, error, warning }: Props) {
  const first = withHead ? ['head', ...COMMON] : COMMON;
  const [all, setAll] = useState(false);
  const open = all || (value != null && !first.includes(value));
  const everything = choices('relation').filter(([choice]) => withHead || choice !== 'head');
  const offered: Choice[] = open
    ? everything
    : [...choices('relation', first), [MORE, `${t().app.more}…`]];
  return (
    <Chips
      label={fieldName('relation')}
      options={offered}
      value={value}
      onChange={(choice) => (choice === MORE ? setAll(true) : onChange(choice))}
      error={error}
      warning={warning}
    />
  );
}
