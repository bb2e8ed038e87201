import { describe, expect, it } from 'vitest';
import { facts, pathOf, windows } from '../../test/naming/path-of.ts';
import type { ContractFacts } from '../contract/contract-facts.ts';
import { layouts } from './layouts.ts';
import { type NameDocumentOptions, nameDocument } from './name-document.ts';

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
