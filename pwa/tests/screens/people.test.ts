import { describe, expect, it } from 'vitest';
import { momentText } from '../../src/screens/people';

describe('when something happened', () => {
  it('is told by the time of Việt Nam, whatever zone the phone is set to', () => {
    expect(momentText('2026-11-22T22:03:00Z', '2026-11-23')).toBe('05:03');
    expect(momentText('2026-11-22T16:59:00Z', '2026-11-23')).toBe('23:59 hôm qua');
    expect(momentText('2026-11-23T05:03:00+07:00', '2026-11-23')).toBe('05:03');
  });
});
