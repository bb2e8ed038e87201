import * as fc from 'fast-check';
import type { ContractFacts } from '../../src/contract/contract-facts.ts';

const traps: Readonly<Record<string, readonly string[]>> = {
  paths: ['../', '..', '.', '/', '\\', '//', '%2F'],
  spaces: [' ', '  ', '\0', '\r\n', '\t', '\u007F', '\u0085', '\u00A0', '\u3000', '\u2028'],
  reserved: ['CON', 'nul', 'COM1.', 'LPT¹', 'desktop.ini', '.lock', 'Forms', '_vti_', '_v_vti_ti_', '~$', '.~', '~', '.DS_Store', '.pdf'],
  invisible: ['\u202E', '\u200B', '\u200D', '\uFEFF', '\u2066', '\uFE0F', '\u{E0001}', '\uFFFF', '\uD83D', '\uDE80'],
  composed: ['🚀', '👩‍👩‍👧‍👦', '🇩🇪', '👍🏽', '𠮷', 'İ', 'ﷺ', '각'],
  normalised: ['e\u0301', '\u0301', '\u0338', '\u037E', '\u212A', '\u1FEF', '\u0958', '\u{1D15E}'],
  signs: ['{title}', '[x]', '<>', ':', ': ', '"', '*?', '|', '$&', '__proto__', 'constructor'],
};
const trap = fc.constantFrom(...Object.values(traps).flat());
const letters = fc.string({ unit: 'grapheme', maxLength: 20 });
const piece = fc.oneof(trap, letters, fc.string({ unit: 'binary', maxLength: 20 }));
const shortText = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
const longText = fc.tuple(piece, fc.integer({ min: 100, max: 2000 })).map(([text, times]) => text.repeat(times).slice(0, 2500));

/** Text that has gone wrong in somebody's archive before. */
export const hostileText: fc.Arbitrary<string> = fc.oneof({ weight: 4, arbitrary: shortText }, { weight: 1, arbitrary: longText });

const perhaps = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> => fc.option(arbitrary, { nil: undefined });
const anyDate = perhaps(fc.date({ noInvalidDate: false }));
const anyValue = fc.oneof(hostileText, fc.jsonValue(), fc.anything(), fc.record({ type: hostileText, value: fc.double() }));
const contractId = fc.integer({ min: 1, max: 99_999_999 }).map((number) => `T-${number}`);

/** Facts in which every text may be hostile, every value of any type, and everything optional missing. Only the contract id is sound. */
export const hostileFacts: fc.Arbitrary<ContractFacts> = fc.record({
  contractId,
  title: hostileText,
  status: hostileText,
  referenceId: perhaps(hostileText),
  contractType: perhaps(hostileText),
  kind: perhaps(hostileText),
  counterparties: fc.array(hostileText, { maxLength: 4 }),
  entity: perhaps(hostileText),
  owner: perhaps(fc.record({ name: perhaps(hostileText), email: perhaps(hostileText) })),
  createdAt: anyDate,
  executedAt: anyDate,
  versionId: perhaps(hostileText),
  keyPointers: perhaps(anyValue.map((value) => new Map([['field', { fieldName: 'field', value }]]))),
  externalMetadata: perhaps(
    fc.record({ id: hostileText, recordType: perhaps(hostileText), recordData: anyValue.map((value) => ({ Account: { Name: value } })) }),
  ),
});
