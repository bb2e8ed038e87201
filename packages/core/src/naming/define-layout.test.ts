import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { defineLayout } from './define-layout.ts';
import { layouts } from './layouts.ts';

/** A layout that the compiler does not know. */
const unchecked = (template: string): string => template;

function mistakeIn(template: string): ConfigurationError {
  try {
    defineLayout(unchecked(template));
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error(`"${template}" was accepted.`);
}

describe('defineLayout', () => {
  it('tells which facts the names are made of', () => {
    expect(layouts.native.fields).toEqual(['contractType', 'counterparties', 'executedAt', 'title']);
    expect(defineLayout('{contractId}').fields).toEqual(['contractId']);
    expect(defineLayout('{keyPointer.region}/[{externalMetadata.record_type}]/{title} {version} {owner}').fields).toEqual([
      'externalMetadata',
      'keyPointers',
      'owner',
      'title',
      'versionId',
    ]);
  });

  it('gives frozen data', () => {
    const layout = defineLayout('{title}');
    expect(Object.isFrozen(layout)).toBe(true);
    expect(Object.isFrozen(layout.segments[0]?.[0])).toBe(true);
    expect(layout).toEqual({ template: '{title}', timeZone: 'UTC', fields: ['title'], segments: [[{ type: 'field', field: 'title' }]] });
  });

  it('takes doubled braces and brackets for themselves', () => {
    expect(defineLayout('{{x}} [[{title}]] {{{contractId}}}').segments).toEqual([
      [
        { type: 'text', text: '{x} [' },
        { type: 'field', field: 'title' },
        { type: 'text', text: '] {' },
        { type: 'field', field: 'contractId' },
        { type: 'text', text: '}' },
      ],
    ]);
  });

  it.each([
    ['{counterparti}/{title}', 1, '{counterparti}', 'Did you mean {counterparty}?'],
    ['{client}/{title}', 1, '{client}', 'Did you mean {counterparty}?'],
    ['{ title }', 1, '{ title }', 'Did you mean {title}?'],
    ['{effective_date}/{title}', 1, '{effective_date}', '{keyPointer.effective_date}'],
    ['{keypointer.region}/{title}', 1, '{keypointer.region}', '{keyPointer.region}'],
    ['{keyPointer.}/{title}', 1, '{keyPointer.}', '{keyPointer.effective_date}'],
    ['{externalMetadata.record_typ}/{title}', 1, '{externalMetadata.record_typ}', 'Did you mean {externalMetadata.record_type}?'],
    ['{externalMetadata.Account}/{title}', 1, '{externalMetadata.Account}', '{externalMetadata.record_data.Account}'],
    ['{}/{title}', 1, '{}', 'The fields are title'],
    ['{externalMetadata}/{title}', 1, '{externalMetadata}', '{externalMetadata.record_data.Name}'],
    ['{executedAt:YYYY}/{title}', 1, '{executedAt:YYYY}', 'Did you mean yyyy?'],
    ['{title} {executedAt:yyyy-mm-dd}', 9, '{executedAt:yyyy-mm-dd}', 'Did you mean MM?'],
    ['{executedAt:}/{title}', 1, '{executedAt:}', 'Did you mean yyyy-MM-dd?'],
    ['{executedAt:yyyy/MM}/{title}', 1, '{executedAt:yyyy/MM}', '{executedAt:yyyy}/{executedAt:MM}'],
    ['{title:yyyy}', 1, '{title:yyyy}', 'Write {title} without the pattern ":yyyy".'],
    ['{counterparty|}/{title}', 1, '{counterparty|}', '[{counterparty}]'],
    ['{counterparty|..}/{title}', 1, '{counterparty|..}', '{counterparty|None}'],
    ['{counterparty/{title}', 1, '{', 'Close it with "}"'],
    ['counterparty}/{title}', 13, '}', 'Open it with "{"'],
    ['{title}[ {version}', 8, '[', 'Close it with "]"'],
    ['{title} {version}]', 18, ']', 'Open it with "["'],
    ['{title}[ {version}[ {status}]]', 19, '[', 'side by side'],
    ['[{entity}/]{title}', 10, '/', '[{entity}]/'],
    ['{title}[ final]', 8, '[', 'Brackets of the name itself are doubled'],
    ['{title}[ {version|1}]', 8, '[', 'without a default'],
    ['/archive/{title}', 1, '/', 'Leave the beginning out'],
    ['C:/archive/{title}', 1, 'C:', 'Leave the beginning out'],
    ['~/archive/{title}', 1, '~', 'Leave the beginning out'],
    ['{entity}\\{title}', 9, '\\', 'Separate folders with "/"'],
    ['../{title}', 1, '..', 'a layout only leads downwards'],
    ['a/./{title}', 3, '.', 'a layout only leads downwards'],
    ['{entity}//{title}', 10, '', 'Remove the extra "/"'],
    ['{entity}/{title}/', 18, '', 'Remove the extra "/"'],
    ['{entity}/.pdf', 10, '', 'Remove the extra "/"'],
    ['{title}/{executedAt:yyyy}', 9, '{executedAt:yyyy}', '{title}, {contractId}, {referenceId}'],
    ['{executedAt:yyyy}[ {referenceId}]', 1, '{executedAt:yyyy}[ {referenceId}]', 'outside of [...]'],
    ['{title}.docx', 8, '.docx', 'signed PDFs get .pdf'],
    ['{title}\u202E.pdf', 8, 'U+202E', 'Remove it.'],
    [`${'a/'.repeat(21)}{title}`, 41, 'a', 'Use fewer.'],
    ['  ', 1, '  ', 'Write one'],
  ])('refuses %s and says where, what and how to mend it', (template, position, part, remedy) => {
    const error = mistakeIn(template);
    expect(error).toMatchObject({ code: 'config.invalid_layout', recovery: 'never', details: { position, part } });
    expect(error.hint).toContain(remedy);
    expect(error.message).toContain(`position ${position}: `);
  });

  it('refuses what is no text at all', () => {
    // @ts-expect-error -- for those who write JavaScript
    expect(() => defineLayout(undefined)).toThrow(ConfigurationError);
  });

  it('refuses a time zone that does not exist', () => {
    expect(() => defineLayout('{title}', { timeZone: 'Europe/Berlim' })).toThrow(/timeZone "Europe\/Berlim" is unknown/);
  });
});

describe('the compiler', () => {
  it('accepts every kind of field', () => {
    const layout = defineLayout(
      '{keyPointer.effective_date:yyyy}/{externalMetadata.record_type|None}/{externalMetadata.record_data.Account.Name}/{title}',
    );
    expect(layout.segments).toHaveLength(4);
    expect(defineLayout('[{entity}]/{{x}}/{{{title|Nameless}}}[ {referenceId}].pdf').segments).toHaveLength(3);
  });

  it('accepts what is only known at run time', () => {
    const template: string = '{title}';
    expect(defineLayout(template).segments).toHaveLength(1);
    expect(defineLayout(`{executedAt:yyyy}/${template}`).segments).toHaveLength(2);
    expect(defineLayout(`{keyPointer.${'region' as string}}/{title}`).segments).toHaveLength(2);
  });

  it('refuses an unknown field', () => {
    // @ts-expect-error -- There is no field "titel".
    expect(() => defineLayout('{titel}')).toThrow(ConfigurationError);
    // @ts-expect-error -- There is no field "counterpart".
    expect(() => defineLayout('{executedAt:yyyy}/{counterpart|Unknown}/{title}')).toThrow(ConfigurationError);
    // @ts-expect-error -- There is no field "externalMetadata.recordType".
    expect(() => defineLayout('{externalMetadata.recordType}/{title}')).toThrow(ConfigurationError);
  });

  it('refuses a brace that is never closed', () => {
    // @ts-expect-error -- A "{" is never closed.
    expect(() => defineLayout('{title} {version')).toThrow(ConfigurationError);
  });

  it('refuses a file name that names no contract', () => {
    // @ts-expect-error -- The file name needs {title}, {contractId} or {referenceId}.
    expect(() => defineLayout('{title}/{executedAt:yyyy}')).toThrow(ConfigurationError);
    // @ts-expect-error -- The file name needs {title}, {contractId} or {referenceId}.
    expect(() => defineLayout('{counterparty}/contract.pdf')).toThrow(ConfigurationError);
  });
});
