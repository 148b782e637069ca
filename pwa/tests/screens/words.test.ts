import { describe, expect, it } from 'vitest';
import { en } from '../../src/words/en';
import { vi } from '../../src/words/vi';
import * as kinds from '../../src/wire/kinds';
import { FIELDS } from '../../src/wire/fields';

type Counting = (...counts: number[]) => unknown;
type Tree = { [key: string]: unknown };

function leaves(tree: Tree, path = ''): [string, unknown][] {
  return Object.entries(tree).flatMap(([key, value]): [string, unknown][] =>
    typeof value === 'object' && value !== null
      ? leaves(value as Tree, `${path}${key}.`)
      : [[path + key, value]],
  );
}

describe('the words', () => {
  it('exist in both languages, none of them empty', () => {
    const other = new Map(leaves(en));
    for (const [path, word] of leaves(vi)) {
      expect(other.has(path), path).toBe(true);
      expect(word, path).not.toBe('');
      expect(other.get(path), path).not.toBe('');
    }
  });

  it('name every field a record may hold', () => {
    const fields = Object.values(FIELDS).flatMap((specs) => Object.keys(specs));
    expect(fields.filter((field) => !(field in vi.fields))).toEqual([]);
    expect(fields.filter((field) => !(field in en.fields))).toEqual([]);
  });

  it('count one thing as one in English', () => {
    const said = leaves(en).flatMap(([path, word]) =>
      typeof word === 'function' ? [`${path}: ${String((word as Counting)(1, 1, 1))}`] : [],
    );
    expect(
      said.filter((text) => /\b1 (?!needs|is|has|was)(unsent |more )?[a-z]+s\b/.test(text)),
    ).toEqual([]);
  });

  it('never call a person an object, nor use bare abbreviations', () => {
    const shown = leaves(vi).map(([, word]) => String(word));
    expect(shown.filter((word) => /đối tượng|NLNDN|BHTN|từ chối|\bchết\b/i.test(word))).toEqual([]);
  });

  it('know every value of the closed lists', () => {
    for (const [name, words] of Object.entries(vi.kinds)) {
      const list = (kinds as unknown as Record<string, readonly string[]>)[name.toUpperCase()];
      expect(Object.keys(words).sort(), name).toEqual([...(list ?? [])].sort());
    }
  });
});
