import type { ContractFacts } from '../contract/contract-facts.ts';
import type { NamingRules } from '../destination/naming-rules.ts';
import { calendarTimeIn, readCalendarTime } from './calendar-time.ts';
import { type CalendarTime, defaultDatePattern, writeDate } from './date-pattern.ts';
import { externalMetadataValue } from './external-metadata-value.ts';
import type { FieldPart } from './layout.ts';
import { isDateField, isTextField, textFields, type Weight } from './layout-fields.ts';
import { hasText, legalText } from './legal-text.ts';
import { metadataText } from './metadata-text.ts';

/** A piece of a name, and how readily it is shortened. */
export interface NamePart {
  readonly text: string;
  readonly weight: Weight;
}

export interface FieldContext {
  readonly rules: NamingRules;
  readonly timeZone: string;
}

/** The value of a field in characters that the rules allow; `undefined` when the contract has none, or none that would show in a name. */
export function fieldValue(facts: ContractFacts, part: FieldPart, { rules, timeZone }: FieldContext): NamePart | undefined {
  const value = readField(facts, part, timeZone);
  if (!hasText(value.text)) return undefined;
  const text = legalText(value.text, rules).trim();
  return hasText(text) ? { text, weight: value.weight } : undefined;
}

/** What stands in a name when a field has neither a value nor a default. */
export function missingValue(facts: ContractFacts, { field }: FieldPart, context: FieldContext): NamePart {
  if (isTextField(field)) {
    const { standIn, missing } = textFields[field];
    const other = standIn && fieldValue(facts, { type: 'field', field: standIn }, context);
    return other ?? { text: missing, weight: 'text' };
  }
  if (isDateField(field)) return { text: 'Undated', weight: 'text' };
  const ownName = field.slice(field.lastIndexOf('.') + 1);
  return { text: `Unknown ${ownName.replaceAll('_', ' ')}`, weight: 'text' };
}

function readField(facts: ContractFacts, { field, pattern }: FieldPart, timeZone: string): NamePart {
  if (isTextField(field)) return { text: textFields[field].read(facts) ?? '', weight: textFields[field].weight };
  if (isDateField(field)) {
    const moment = facts[field];
    return dateText(moment && calendarTimeIn(moment, timeZone), pattern);
  }
  const value = metadataValue(facts, field);
  const time = typeof value === 'string' ? readCalendarTime(value.trim(), timeZone) : undefined;
  // Asked for as a date, a value that is none is as good as missing: nobody looks for a contract in the folder "see annex 3".
  if (time || pattern !== undefined) return dateText(time, pattern);
  return { text: metadataText(value) ?? '', weight: 'text' };
}

function metadataValue(facts: ContractFacts, field: string): unknown {
  const [group, name] = [field.slice(0, field.indexOf('.')), field.slice(field.indexOf('.') + 1)];
  return group === 'keyPointer' ? facts.keyPointers?.get(name)?.value : externalMetadataValue(facts.externalMetadata, name);
}

function dateText(time: CalendarTime | undefined, pattern = defaultDatePattern): NamePart {
  return { text: time ? writeDate(time, pattern) : '', weight: 'detail' };
}
