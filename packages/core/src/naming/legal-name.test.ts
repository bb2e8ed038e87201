import { describe, expect, it } from 'vitest';
import { type Choice, pathOf, permissive, windows } from '../../test/naming/path-of.ts';

/** The file name that a title gets under the rules of Windows. */
const nameOfTitle = (title: string): string => pathOf('x/{title}', { facts: { title }, rules: windows }).slice(2);

describe('awkward names', () => {
  it.each([
    ['Acme / Zenith', 'Acme - Zenith.pdf'],
    ['../../etc/passwd', '_..-..-etc-passwd.pdf'],
    ['MSA: Acme', 'MSA - Acme.pdf'],
    ['Q1 10:30', 'Q1 10-30.pdf'],
    ['"Best" <Company>?', "'Best' (Company).pdf"],
    ['a\\b|c*d', 'a-b-c-d.pdf'],
    ['  two\t\n words \u00A0 ', 'two words.pdf'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe.pdf'],
    ['zero\u200Bwidth\u0000', 'zerowidth.pdf'],
    ['Cafe\u0301', 'Caf\u00E9.pdf'],
    ['Cafe\u200B\u0301', 'Caf\u00E9.pdf'],
    ['Cafe?\u0301', 'Caf\u00E9.pdf'],
    ['lone \uD83D half', 'lone half.pdf'],
    ['.hidden', '_.hidden.pdf'],
    ['..', 'Untitled.pdf'],
    ['???', 'Untitled.pdf'],
    ['CON', '_CON.pdf'],
    ['nul .txt', '_nul .txt.pdf'],
    ['Desktop.ini', '_Desktop.ini.pdf'],
    ['Console', 'Console.pdf'],
    ['~$lock', '_~$lock.pdf'],
    ['x_VTI_y', 'xVTI_y.pdf'],
    ['İ_vti_', 'İvti_.pdf'],
    ['Acme Inc. ', 'Acme Inc.pdf'],
    ['Rocket 🚀 Ltd', 'Rocket 🚀 Ltd.pdf'],
    ['NDA.docx', 'NDA.pdf'],
    ['NDA signed.PDF', 'NDA signed.pdf'],
  ])('become legal: %j', (title, name) => {
    expect(nameOfTitle(title)).toBe(name);
  });

  it('do not hide a forbidden character in another that normalises to it', () => {
    expect(pathOf('{title}', { facts: { title: 'a\u037Eb' }, rules: { ...permissive, forbiddenCharacters: ';' } })).toBe('a-b.pdf');
  });

  it('lose an ending that a store refuses, and keep it elsewhere', () => {
    const party: Choice = { facts: { counterparties: ['Acme Inc.'] } };
    expect(pathOf('{counterparty}/{title}', { ...party, rules: windows })).toBe('Acme Inc/Mutual NDA.pdf');
    expect(pathOf('{counterparty}/{title}', party)).toBe('Acme Inc./Mutual NDA.pdf');
  });

  it('lose emoji, and keep the place of rare letters, where a store takes neither', () => {
    const rules = { ...permissive, supportsAstralCharacters: false };
    expect(pathOf('{title}', { rules, facts: { title: 'Rocket 🚀 Ltd' } })).toBe('Rocket Ltd.pdf');
    expect(pathOf('{title}', { rules, facts: { title: '𠮷野家' } })).toBe('_野家.pdf');
    expect(pathOf('{title}', { rules, facts: { title: '🚀' } })).toBe('Untitled.pdf');
  });

  it('avoid what is reserved at the root, only there', () => {
    const forms: Choice = { facts: { contractType: 'Forms', entity: 'Forms' }, rules: windows };
    expect(pathOf('{contractType}/{entity}/{title}', forms)).toBe('_Forms/Forms/Mutual NDA.pdf');
  });

  it('never make a folder of a slash in a value', () => {
    expect(pathOf('{counterparty}/{title}', { facts: { counterparties: ['a/b'], title: 'c/d' } })).toBe('a-b/c-d.pdf');
  });
});
