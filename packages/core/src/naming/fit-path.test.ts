import { describe, expect, it } from 'vitest';
import { pathOf, permissive } from '../../test/naming/path-of.ts';
import type { NamingRules } from '../destination/naming-rules.ts';

describe('long names', () => {
  const long = 'Wordy '.repeat(400);

  it('lose words of the title and keep what makes them unique', () => {
    const path = pathOf('{executedAt} {title} ({contractId}, {referenceId}) v{version}', { facts: { title: long }, clash: true });
    expect(path).toMatch(/^2026-03-31 Wordy Wordy [Wordy ]+ \(T-19589, SD-1234\) v77120 \(\w{10}\)\.pdf$/);
    expect(path.length).toBeGreaterThan(245);
    expect(path.length).toBeLessThanOrEqual(255);
  });

  it('share the room between several long values', () => {
    const path = pathOf('{counterparties} - {title}', { facts: { title: 'T'.repeat(2000), counterparties: ['C'.repeat(2000), 'D'] } });
    expect(path).toBe(`${'C'.repeat(123)} - ${'T'.repeat(123)}.pdf`);
  });

  it('keep the contract id even when the reference is 2,000 characters long', () => {
    expect(pathOf('{referenceId} {title} {contractId}', { facts: { referenceId: 'R'.repeat(2000) } })).toMatch(
      /^R{200,} Mutual NDA T-19589\.pdf$/,
    );
  });

  it('count as the store counts', () => {
    const changes = { title: '🚀'.repeat(300) };
    const name = (lengthUnit: NamingRules['lengthUnit']): string =>
      pathOf('{title}', { facts: changes, rules: { ...permissive, lengthUnit } });
    // One unit stays free: the DOCX beside it has a longer extension.
    expect(name('utf16')).toBe(`${'🚀'.repeat(125)}.pdf`);
    expect(name('utf8-bytes')).toBe(`${'🚀'.repeat(62)}.pdf`);
    expect(name('code-points')).toBe(`${'🚀'.repeat(250)}.pdf`);
  });

  it('are never cut within what people see as one character', () => {
    expect(pathOf('{title}', { facts: { title: 'नमस्ते'.repeat(100) } })).toMatch(/^(?:नमस्ते)+(?:न|नम|नमस्|नमस्ते)?\.pdf$/u);
    expect(pathOf('{title}', { facts: { title: '👍🏽'.repeat(100) } })).toBe(`${'👍🏽'.repeat(62)}.pdf`);
    const heap = `a${'\u0301'.repeat(2000)}`;
    expect(pathOf('{title}', { facts: { title: heap } })).toHaveLength(254);
  });

  it('take from the file name before they change a folder when the path is too long', () => {
    const rules = { ...permissive, maxPathLength: 300 };
    const path = pathOf('{counterparty}/{title} {contractId}', {
      facts: { counterparties: ['C'.repeat(200)], title: 'T'.repeat(200) },
      rules,
    });
    expect(path).toBe(`${'C'.repeat(200)}/${'T'.repeat(86)} T-19589.pdf`);
  });

  it('are refused only when the rules leave no room at all', () => {
    expect(() => pathOf('{title}', { rules: { ...permissive, maxNameLength: 5 } })).toThrow(
      expect.objectContaining({ code: 'destination.name_rejected' }),
    );
  });
});
