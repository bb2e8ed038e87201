import { closestName } from './closest-name.ts';
import { datePatternLetters, mistakeInDatePattern } from './date-pattern.ts';
import type { FieldPart } from './layout.ts';
import { layoutError } from './layout-error.ts';
import { dateFields, externalMetadataFields, isDateField, isTextField, type LayoutField, textFields } from './layout-fields.ts';
import { hasText } from './legal-text.ts';

/** Where a field stands, for the message when it is wrong. */
export interface FieldSource {
  readonly template: string;
  /** Of its opening brace, counted from 1. */
  readonly position: number;
}

const plainFields: readonly string[] = [...Object.keys(textFields), ...dateFields];
const externalFields = Object.keys(externalMetadataFields).map((name) => `externalMetadata.${name}`);

/** Words that people use for a field, other than its name. */
const otherWords: Readonly<Record<string, string>> = {
  client: 'counterparty',
  customer: 'counterparty',
  vendor: 'counterparty',
  party: 'counterparty',
  company: 'entity',
  name: 'title',
  id: 'contractId',
  reference: 'referenceId',
  type: 'contractType',
  date: 'executedAt',
  year: 'executedAt:yyyy',
  executiondate: 'executedAt',
};

/** Reads what stands between two braces: `name`, `name:pattern`, `name|default` or `name:pattern|default`. */
export function parseField(content: string, source: FieldSource): FieldPart {
  const part = `{${content}}`;
  const fail = (problem: string, hint: string) => layoutError(source.template, { position: source.position, part, problem, hint });
  const [beforeDefault, standIn] = splitAtFirst(content, '|');
  const [name, pattern] = splitAtFirst(beforeDefault, ':');

  if (/[/\\]/.test(content))
    throw fail(`${part} holds a slash`, 'A field stands in one folder: write two, such as {executedAt:yyyy}/{executedAt:MM}.');
  const field = fieldNamed(name);
  if (field === undefined) throw fail(`there is no field "${name}"`, suggestion(name));
  if (pattern !== undefined) {
    if (isTextField(field) || externalFields.includes(field))
      throw fail(`"${name}" is no date`, `Write {${name}} without the pattern ":${pattern}".`);
    const mistake = mistakeInDatePattern(pattern);
    if (mistake) throw fail(`"${mistake.letters}" means nothing in a date pattern`, patternHint(mistake.suggestion));
    if (!/\p{L}/u.test(pattern)) throw fail(`the date pattern of ${part} is empty`, patternHint('yyyy-MM-dd'));
  }
  if (standIn !== undefined && !hasText(standIn)) {
    throw fail(`the default of ${part} is empty`, `Give it words, as in {${name}|None}, or let the part vanish: [{${name}}].`);
  }
  return { type: 'field', field, pattern, default: standIn };
}

function splitAtFirst(text: string, separator: string): readonly [string, string | undefined] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

function fieldNamed(name: string): LayoutField | undefined {
  if (isTextField(name) || isDateField(name)) return name;
  const isKnown = externalFields.includes(name) || /^(?:keyPointer|externalMetadata\.record_data)\../.test(name);
  return isKnown ? (name as LayoutField) : undefined;
}

function suggestion(name: string): string {
  const [group, rest] = splitAtFirst(name, '.');
  if (/^external/i.test(group)) return externalSuggestion(rest ?? '');
  if (/^key/i.test(group)) return `A metadata value is written {keyPointer.${rest || 'effective_date'}}.`;
  const nearest = otherWords[name.toLowerCase()] ?? closestName(name, plainFields);
  if (nearest !== undefined) return `Did you mean {${nearest}}?`;
  return `The fields are ${plainFields.join(', ')}; a metadata value is written {keyPointer.${name || 'effective_date'}}.`;
}

function externalSuggestion(name: string): string {
  const nearest = closestName(name, Object.keys(externalMetadataFields));
  if (name !== '' && nearest !== undefined) return `Did you mean {externalMetadata.${nearest}}?`;
  return `Write one of ${externalFields.join(', ')}, or a value of the linked record: {externalMetadata.record_data.${name || 'Name'}}.`;
}

function patternHint(nearest: string | undefined): string {
  const question = nearest === undefined ? '' : `Did you mean ${nearest}? `;
  return `${question}A pattern may hold ${datePatternLetters.join(' ')} (mm, minutes, only together with HH) and anything that is no letter.`;
}
