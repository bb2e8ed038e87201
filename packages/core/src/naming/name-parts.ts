import type { ContractFacts } from '../contract/contract-facts.ts';
import { type FieldContext, fieldValue, missingValue, type NamePart } from './field-value.ts';
import type { LayoutPart } from './layout.ts';
import { hasText } from './legal-text.ts';

/** Fills in one segment of a layout. Empty when nothing of it is left that would make a name. */
export function nameParts(facts: ContractFacts, segment: readonly LayoutPart[], context: FieldContext): readonly NamePart[] {
  const parts = segment.flatMap((part) => fillIn(facts, part, context));
  return hasText(parts.map(({ text }) => text).join('')) ? parts : [];
}

function fillIn(facts: ContractFacts, part: LayoutPart, context: FieldContext): readonly NamePart[] {
  if (part.type === 'text') return [{ text: part.text, weight: 'detail' }];
  if (part.type === 'field') {
    return [
      fieldValue(facts, part, context) ??
        (part.default === undefined ? missingValue(facts, part, context) : { text: part.default, weight: 'text' }),
    ];
  }
  const isComplete = part.parts.every(
    (inner) => inner.type === 'text' || inner.default !== undefined || fieldValue(facts, inner, context) !== undefined,
  );
  return isComplete ? part.parts.flatMap((inner) => fillIn(facts, inner, context)) : [];
}
