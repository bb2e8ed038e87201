import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentKind } from '../../src/ledger/receipt.ts';
import { defineLayout } from '../../src/naming/define-layout.ts';
import { layouts } from '../../src/naming/layouts.ts';
import { legalName } from '../../src/naming/legal-name.ts';
import { nameDocument } from '../../src/naming/name-document.ts';
import { hostileFacts, hostileText } from './hostile-facts.ts';
import { problemsWithPath } from './problems-with-path.ts';
import { storeNamingRules } from './store-naming-rules.ts';

const withContractId = [
  layouts.byCounterparty,
  layouts.byYear,
  layouts.byEntity,
  defineLayout('[{entity}]/[{keyPointer.field:yyyy}]/{title}[ {referenceId}][ v{version}] - {contractId}'),
  defineLayout('{keyPointer.field}/{externalMetadata.record_data.Account.Name}/{kind}/{status}/{contractId}'),
];
const anyLayout = fc.constantFrom(
  ...withContractId,
  layouts.native,
  defineLayout('{counterparties}{title}{owner}', { timeZone: 'Asia/Kolkata' }),
  defineLayout('CON/~{{{status}/[[{externalMetadata.record_type|"none"}]]/{referenceId} {createdAt:d. MMMM yyyy}.pdf'),
  defineLayout('{entity}/{entity}/{entity}/{entity}/{entity}/{entity}/{entity}/{entity}/{title}'),
);
const anyKind = fc.constantFrom<DocumentKind>('signed-pdf', 'docx', 'manifest');

describe.each(Object.entries(storeNamingRules))('names for %s', (_, rules) => {
  it('are legal whatever the contract says, and the same every time', () => {
    fc.assert(
      fc.property(hostileFacts, anyLayout, anyKind, fc.boolean(), (facts, layout, document, clash) => {
        const path = nameDocument(facts, { layout, rules, document, key: 'a-key', clash });
        expect(problemsWithPath(path, rules)).toEqual([]);
        expect(nameDocument(facts, { layout, rules, document, key: 'a-key', clash })).toEqual(path);
      }),
      { numRuns: 60 },
    );
  });

  it('keep the contract id and the extension, however long the rest is', () => {
    fc.assert(
      fc.property(hostileFacts, fc.constantFrom(...withContractId), fc.boolean(), (facts, layout, clash) => {
        const { name } = nameDocument(facts, { layout, rules, document: 'signed-pdf', key: 'a-key', clash });
        expect(name).toContain(facts.contractId);
        expect(name).toMatch(clash ? / \([0-9a-v]{10}\)\.pdf$/ : /\.pdf$/);
      }),
      { numRuns: 20 },
    );
  });

  it('differ for different keys, and in nothing but the extension for the documents of one key', () => {
    fc.assert(
      fc.property(hostileFacts, anyLayout, fc.uniqueArray(hostileText, { minLength: 2, maxLength: 2 }), (facts, layout, keys) => {
        const nameFor = (key: string | undefined, document: DocumentKind): string =>
          nameDocument(facts, { layout, rules, document, key: key ?? '', clash: true }).name;
        const stem = nameFor(keys[0], 'signed-pdf').slice(0, -'.pdf'.length);
        expect(nameFor(keys[1], 'signed-pdf')).not.toBe(`${stem}.pdf`);
        expect(nameFor(keys[0], 'docx')).toBe(`${stem}.docx`);
        expect(nameFor(keys[0], 'manifest')).toBe(`${stem}.json`);
      }),
      { numRuns: 20 },
    );
  });

  it('stay as they are when they are made legal again', () => {
    fc.assert(
      fc.property(hostileText, fc.boolean(), (text, isAtRoot) => {
        const name = legalName(text, { rules, isAtRoot });
        expect(legalName(name, { rules, isAtRoot })).toBe(name);
      }),
      { numRuns: 60 },
    );
  });
});
