import { describe, expect, it } from 'vitest';
import { ageOn, readDate, showDate } from '../../src/parts/dates';
import { readMoney, showNumber, showPercent } from '../../src/parts/numbers';

describe('a date typed freely', () => {
  it.each([
    ['1980', '1980'],
    ['5/1980', '1980-05'],
    ['17/5/1980', '1980-05-17'],
    ['17-05-1980', '1980-05-17'],
    ['17.5.1980', '1980-05-17'],
    ['17051980', '1980-05-17'],
    ['051980', '1980-05'],
    [' 29/2/2024 ', '2024-02-29'],
    ['1980-05-17', '1980-05-17'],
  ])('%s is read as %s', (typed, read) => {
    expect(readDate(typed)).toBe(read);
  });

  it.each(['31/2/1980', '17/5/80', '13/1980', 'năm ngoái', '', '1/2/3/1980', '29/2/2023'])(
    '%s is not guessed at',
    (typed) => {
      expect(readDate(typed)).toBeNull();
    },
  );

  it('is shown with the day first, as precise as it is known', () => {
    expect(['1980-05-17', '1980-05', '1980'].map(showDate)).toEqual([
      '17/05/1980',
      '05/1980',
      '1980',
    ]);
  });

  it('stays as typed while it cannot be read', () => {
    expect(showDate('17/5/')).toBe('17/5/');
  });
});

describe('an age', () => {
  it('is counted in months below two years', () => {
    expect(ageOn('2026-09-20', '2026-11-22')).toEqual({ years: 0, months: 2 });
  });

  it('of a year alone is the difference of the years', () => {
    expect(ageOn('1980', '2026-11-22')?.years).toBe(46);
  });

  it('waits for the birthday', () => {
    expect(ageOn('1980-12-01', '2026-11-22')?.years).toBe(45);
  });
});

describe('numbers as they are written here', () => {
  it('have dots between thousands, and a comma before decimals', () => {
    expect(showNumber(1234567)).toBe('1.234.567');
    expect(showNumber(-95000)).toBe('−95.000');
    expect(showPercent(7703, 8060)).toBe('95,57 %');
    expect(showPercent(0, 0)).toBe('–');
  });

  it('are read back from what was typed', () => {
    expect(readMoney('95.000.000 đ')).toBe(95_000_000);
    expect(readMoney('chín triệu')).toBeNull();
  });
});
