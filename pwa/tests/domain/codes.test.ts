import { expect, it } from 'vitest';
import { ethnicCode, ethnicGroup } from '../../src/domain/codes';
import { message } from '../../src/domain/messages';
import { MESSAGES as ENGLISH } from '../../src/wire/messages.en';

it.each([
  ['Việt', '01'],
  ['6', '06'],
  ['gia-rai', '10'],
  ["H'Mông", '08'],
  ['Thổ', '24'],
  ['57', null],
  ['', null],
])('finds the ethnic group of %s', (typed, code) => {
  expect(ethnicCode(typed)).toBe(code);
});

it('knows the name of a group', () => {
  expect(ethnicGroup('14')?.name).toBe('Xơ Đăng');
});

it('says a code in Vietnamese first, and a code it does not know as it is', () => {
  expect(message('no_head')).toContain('chủ hộ');
  expect(message('no_head', ENGLISH)).toContain('head');
  expect(message('of_a_newer_server')).toBe('of_a_newer_server');
});
