import { describe, expect, it } from 'vitest';
import type { ContractFacts } from '../contract/contract-facts.ts';
import type { NamingRules } from '../destination/naming-rules.ts';
import { defineLayout, type LayoutOptions } from './define-layout.ts';
import { layouts } from './layouts.ts';
import { type NameDocumentOptions, nameDocument } from './name-document.ts';

const permissive: NamingRules = {
  forbiddenCharacters: '',
  reservedNames: [],
  forbiddenPrefixes: [],
  forbiddenFragments: [],
  forbiddenEndings: '',
  supportsAstralCharacters: true,
  maxNameLength: 255,
  maxPathLength: 4096,
  lengthUnit: 'utf16',
  caseSensitive: true,
};

const windows: NamingRules = {
  ...permissive,
  forbiddenCharacters: '\\:*?"<>|',
  reservedNames: ['CON', 'NUL', 'desktop.ini'],
  forbiddenPrefixes: ['~$'],
  forbiddenFragments: ['_vti_'],
  forbiddenEndings: '. ',
  reservedRootNames: ['forms'],
};

const facts: ContractFacts = {
  contractId: 'T-19589',
  title: 'Mutual NDA',
  status: 'EXECUTED',
  referenceId: 'SD-1234',
  contractType: 'NDA',
  kind: 'TEMPLATE_CONTRACT',
  counterparties: ['Acme Inc', 'Zenith Ltd'],
  entity: 'Example GmbH',
  owner: { name: 'Olga Owner', email: 'olga@example.com' },
  createdAt: new Date('2026-01-02T03:04:05Z'),
  executedAt: new Date('2026-03-31T22:30:00Z'),
  versionId: '77120',
};

interface Choice extends Partial<NameDocumentOptions> {
  readonly facts?: Partial<ContractFacts>;
  readonly timeZone?: LayoutOptions['timeZone'];
}

/** The whole path of a document as one text. */
function pathOf(template: string, { facts: changes, timeZone, ...options }: Choice = {}): string {
  const layout = defineLayout(template, { timeZone });
  const path = nameDocument({ ...facts, ...changes }, { layout, rules: permissive, document: 'signed-pdf', key: 'a-key', ...options });
  return [...path.folders, path.name].join('/');
}

/** The file name that a title gets under the rules of Windows. */
const nameOfTitle = (title: string): string => pathOf('x/{title}', { facts: { title }, rules: windows }).slice(2);

describe('nameDocument', () => {
  it('names like the integrations of SpotDraft', () => {
    const options: NameDocumentOptions = { layout: layouts.native, rules: windows, document: 'signed-pdf', key: 'a-key' };
    expect(nameDocument(facts, options)).toEqual({ folders: ['NDA', 'Acme Inc'], name: 'Mutual NDA-03312026.pdf' });
  });

  it('knows three more layouts that name the contract id', () => {
    expect(pathOf(layouts.byCounterparty.template)).toBe('Acme Inc/2026-03-31 Mutual NDA (T-19589).pdf');
    expect(pathOf(layouts.byYear.template)).toBe('2026/Acme Inc/2026-03-31 Mutual NDA (T-19589).pdf');
    expect(pathOf(layouts.byEntity.template)).toBe('Example GmbH/NDA/2026/Acme Inc - Mutual NDA (T-19589).pdf');
  });

  it('fills in every field', () => {
    expect(pathOf('{title},{contractId},{referenceId},{contractType},{counterparty},{entity}')).toBe(
      'Mutual NDA,T-19589,SD-1234,NDA,Acme Inc,Example GmbH.pdf',
    );
    expect(pathOf('{counterparties},{owner},{version},{status},{kind},{title}')).toBe(
      'Acme Inc, Zenith Ltd,Olga Owner,77120,EXECUTED,TEMPLATE_CONTRACT,Mutual NDA.pdf',
    );
    expect(pathOf('{title} {owner}', { facts: { owner: { email: 'olga@example.com' } } })).toBe('Mutual NDA olga@example.com.pdf');
  });

  it('writes its own words as they are, doubled braces and brackets once', () => {
    expect(pathOf('Signed {{v{version}}} [[{title}]]')).toBe('Signed {v77120} [Mutual NDA].pdf');
  });
});

describe('dates', () => {
  it.each([
    ['yyyy yy', '2026 26'],
    ['M MM MMM MMMM', '3 03 Mar March'],
    ['d dd', '31 31'],
    ['Q QQ QQQ', '1 01 Q1'],
    ['yyyyMMdd-HHmmss', '20260331-223000'],
    ['dd.MM.yyyy', '31.03.2026'],
  ])('are written as %s asks', (pattern, written) => {
    expect(pathOf(`{title} {executedAt:${pattern}}`)).toBe(`Mutual NDA ${written}.pdf`);
  });

  it('are written as yyyy-MM-dd when no pattern is given', () => {
    expect(pathOf('{executedAt} {createdAt} {title}')).toBe('2026-03-31 2026-01-02 Mutual NDA.pdf');
  });

  it('are those of the time zone', () => {
    expect(pathOf('{executedAt} {title}', { timeZone: 'Europe/Berlin' })).toBe('2026-04-01 Mutual NDA.pdf');
    expect(pathOf('{executedAt:yyyy-MM-dd HHmm} {title}', { timeZone: 'Asia/Kolkata' })).toBe('2026-04-01 0400 Mutual NDA.pdf');
    expect(pathOf('{executedAt:HH} {title}', { facts: { executedAt: new Date('2026-03-31T00:00:00Z') } })).toBe('00 Mutual NDA.pdf');
  });

  it('are missing when they are invalid', () => {
    expect(pathOf('{executedAt:yyyy}/{title}', { facts: { executedAt: new Date(Number.NaN) } })).toBe('Undated/Mutual NDA.pdf');
    expect(pathOf('{executedAt:yyyy}/{title}', { facts: { executedAt: new Date(8.64e15) } })).toBe('Undated/Mutual NDA.pdf');
  });
});

const withValue = (value: unknown): Choice => ({
  facts: { keyPointers: new Map([['field', { fieldName: 'field', value }]]) },
});

describe('metadata', () => {
  it.each([
    ['a text', 'Gold', 'Gold'],
    ['a number', 12.5, '12.5'],
    ['a truth', true, 'Yes'],
    ['a day', '2026-12-01', '2026-12-01'],
    ['a moment', '2026-12-01T23:59:00Z', '2026-12-01'],
    ['an amount of money', { type: 'USD', value: 1000 }, 'USD 1000'],
    ['a duration', { days: 730, type: 'YEARS', value: 2 }, '2 years'],
    ['a duration of one', { type: 'MONTHS', value: 1 }, '1 month'],
    ['a phone number', { number: '5550100', country_code: 'US', code: '1' }, '+1 5550100'],
    ['several choices', ['red', 'blue'], 'red, blue'],
    ['an address', { street: '1 Main St', city: 'Springfield', po_box: null }, '1 Main St, Springfield'],
  ])('writes %s as people do', (_, value, written) => {
    expect(pathOf('{title} {keyPointer.field}', withValue(value))).toBe(`Mutual NDA ${written}.pdf`);
  });

  it.each([[null], [undefined], [''], ['  '], ['..'], [Number.NaN], [[]], [[null]], [{}]])('takes %j for missing', (value) => {
    expect(pathOf('{keyPointer.field|None}/{title}', withValue(value))).toBe('None/Mutual NDA.pdf');
  });

  it('writes dates by pattern and takes anything else for missing then', () => {
    const template = '{keyPointer.field:yyyy}/{title}';
    expect(pathOf(template, withValue('2026-12-01'))).toBe('2026/Mutual NDA.pdf');
    expect(pathOf(template, { ...withValue('2026-12-31T23:00:00Z'), timeZone: 'Europe/Berlin' })).toBe('2027/Mutual NDA.pdf');
    for (const value of ['see annex 3', '2026-02-31', '2026-13-01', 2026]) {
      expect(pathOf(template, withValue(value))).toBe('Unknown field/Mutual NDA.pdf');
    }
  });

  it('shows a calendar day as the same day in every time zone', () => {
    expect(pathOf('{keyPointer.field:dd} {title}', { ...withValue('2026-12-01'), timeZone: 'Pacific/Honolulu' })).toBe('01 Mutual NDA.pdf');
  });

  it('finds values of the linked record, however deep', () => {
    const externalMetadata = {
      id: '006A',
      recordType: 'Opportunity',
      recordData: { Account: { Name: 'Acme' }, 'Close.Date': '2026-05-06', lines: [{ sku: 'S1' }] },
    };
    const at = (field: string): string => pathOf(`{title} {externalMetadata.${field}}`, { facts: { externalMetadata } }).slice(11, -4);
    expect(at('record_type')).toBe('Opportunity');
    expect(at('id')).toBe('006A');
    expect(at('record_data.Account.Name')).toBe('Acme');
    expect(at('record_data.Close.Date:MM')).toBe('05');
    expect(at('record_data.lines.0.sku')).toBe('S1');
    expect(at('record_data.Account.constructor')).toBe('Unknown constructor');
    expect(at('integration_name')).toBe('Unknown integration name');
  });
});

describe('missing values', () => {
  const bare: Partial<ContractFacts> = {
    referenceId: undefined,
    contractType: undefined,
    kind: undefined,
    counterparties: [],
    entity: undefined,
    owner: undefined,
    executedAt: undefined,
    versionId: undefined,
  };

  it('are replaced by words', () => {
    expect(pathOf(layouts.native.template, { facts: bare })).toBe('Unknown contract type/Unknown counterparty/Mutual NDA-Undated.pdf');
    expect(pathOf('{entity}/{owner}/{version}/{kind}/{keyPointer.effective_date:yyyy}/{title}', { facts: { ...bare, title: ' ' } })).toBe(
      'Unknown entity/Unknown owner/Unknown version/Unknown kind/Unknown effective date/Untitled.pdf',
    );
  });

  it('are replaced by the default that the layout gives', () => {
    expect(pathOf('{counterparty|No party}/{executedAt:yyyy|No date}/{title|Nameless}', { facts: { ...bare, title: '' } })).toBe(
      'No party/No date/Nameless.pdf',
    );
    expect(pathOf('{referenceId|No reference} {title}', { facts: bare })).toBe('No reference Mutual NDA.pdf');
  });

  it('let the contract id stand in for the reference', () => {
    expect(pathOf('{referenceId}', { facts: bare })).toBe('T-19589.pdf');
  });

  it('let an optional part vanish, and the folder that consists of it', () => {
    expect(pathOf('[{entity}]/{title}[ {referenceId}][ v{version} of {owner}]')).toBe(
      'Example GmbH/Mutual NDA SD-1234 v77120 of Olga Owner.pdf',
    );
    expect(pathOf('[{entity}]/{title}[ {referenceId}][ v{version} of {owner}]', { facts: { ...bare, versionId: '1' } })).toBe(
      'Mutual NDA.pdf',
    );
  });

  it('take the first counterparty that has a name', () => {
    expect(pathOf('{counterparty}/{title}', { facts: { counterparties: ['', ' \u200B', 'Zenith Ltd'] } })).toBe(
      'Zenith Ltd/Mutual NDA.pdf',
    );
  });
});

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

describe('clashes', () => {
  it('get a suffix made from the key, the same every time', () => {
    const suffixed = pathOf('{title}', { clash: true, key: 'us/T-1/7/signed-pdf' });
    expect(suffixed).toMatch(/^Mutual NDA \([0-9a-v]{10}\)\.pdf$/);
    expect(pathOf('{title}', { clash: true, key: 'us/T-1/7/signed-pdf' })).toBe(suffixed);
    expect(pathOf('{title}', { clash: true, key: 'us/T-2/8/signed-pdf' })).not.toBe(suffixed);
  });
});

describe('the documents of one contract', () => {
  it.each(['Mutual NDA', 'Wordy '.repeat(400), 'NDA.docx'])('lie side by side under one stem: %s', (title) => {
    const nameFor = (document: NameDocumentOptions['document']): string =>
      pathOf('{title}.pdf', { facts: { title }, document, clash: true });
    const stem = nameFor('signed-pdf').slice(0, -'.pdf'.length);
    expect(nameFor('docx')).toBe(`${stem}.docx`);
    expect(nameFor('manifest')).toBe(`${stem}.json`);
  });
});
