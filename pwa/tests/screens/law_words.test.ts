/** The words of the law: both languages, every code a rule can answer with. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/words/law.en';
import { vi } from '../../src/words/law.vi';
import { vi as app } from '../../src/words/vi';
import { nationalTables } from '../support/legal_tables';

const VECTORS = new URL('../../../tests/vectors/legal_groups.json', import.meta.url);

interface Case {
  /** A step is `code:group`. */
  then: { steps?: string[]; needs?: string[]; hints?: string[] };
}

type Tree = { [key: string]: unknown };

function leaves(tree: Tree, path = ''): [string, unknown][] {
  return Object.entries(tree).flatMap(([key, value]): [string, unknown][] =>
    typeof value === 'object' && value !== null
      ? leaves(value as Tree, `${path}${key}.`)
      : [[path + key, value]],
  );
}

describe('the words of the law', () => {
  it('exist in both languages, none of them empty', () => {
    const other = new Map(leaves(en));
    for (const [path, word] of leaves(vi)) {
      expect(other.has(path), path).toBe(true);
      expect(word, path).not.toBe('');
      expect(other.get(path), path).not.toBe('');
    }
  });

  it('never call a person an object, nor use bare abbreviations', () => {
    const shown = leaves(vi).map(([, word]) => String(word));
    expect(shown.filter((word) => /đối tượng|NLNDN|BHTN|từ chối|LLVT/i.test(word))).toEqual([]);
  });

  it('name every table of the law', () => {
    const names = new Set(nationalTables().rows.map(({ table }) => table));
    expect([...names].filter((name) => !(name in vi.tables))).toEqual([]);
  });

  it('say every step, need and hint that the vectors know', () => {
    const cases = JSON.parse(readFileSync(VECTORS, 'utf8')) as Case[];
    const steps = cases.flatMap(({ then }) => then.steps ?? []).map((step) => step.split(':'));
    // A right that leads to a group by itself is said in the words of its form or of the table.
    const rights: Record<string, string> = app.kinds.entitlement_kind;
    const groups = new Set(nationalTables().items('groups'));
    const said = (code: string) => code in vi.steps || code in rights || groups.has(code);
    expect(steps.filter(([code = '']) => !said(code))).toEqual([]);
    const told = (pick: (then: Case['then']) => string[] | undefined) =>
      cases.flatMap(({ then }) => pick(then) ?? []);
    expect(told(({ needs }) => needs).filter((need) => !(need in vi.needs))).toEqual([]);
    expect(told(({ hints }) => hints).filter((hint) => !(hint in vi.hints))).toEqual([]);
  });
});
