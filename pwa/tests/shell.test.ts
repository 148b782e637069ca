import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const shell = readFileSync(new URL('../index.html', import.meta.url), 'utf8');

describe('the page every screen lives in', () => {
  it('speaks Vietnamese', () => {
    expect(shell).toContain('<html lang="vi">');
  });

  it('carries no inline script, style or handler, which the policy would refuse', () => {
    expect(shell).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(shell).not.toMatch(/<style|\sstyle=|\son\w+=/);
  });
});
