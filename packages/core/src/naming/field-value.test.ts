import { describe, expect, it } from 'vitest';
import { type Choice, pathOf } from '../../test/naming/path-of.ts';

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
