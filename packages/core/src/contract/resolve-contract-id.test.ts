import { expect, it } from 'vitest';
import { SpotDraftError } from '../errors/spotdraft-error.ts';
import type { ContractRow } from '../spotdraft/contracts/contract-row.ts';
import type { ContractReference, ResolveContractIdOptions } from './resolve-contract-id.ts';
import { resolveContractId } from './resolve-contract-id.ts';

interface Known {
  readonly id: string;
  readonly title: string;
  readonly referenceId?: string;
  /** False: the list does not show it (yet). */
  readonly isListed?: boolean;
}

interface World {
  readonly contracts: readonly Known[];
  /** What rows show: the composite id or the number alone. */
  readonly listIds?: 'composite' | 'number';
}

interface Spy {
  readonly options: ResolveContractIdOptions;
  readonly asked: string[];
}

function world({ contracts, listIds = 'composite' }: World): Spy {
  const asked: string[] = [];
  async function* list({ contractIds = [] }: { readonly contractIds?: readonly string[] }) {
    asked.push(`list ${contractIds.join(',')}`);
    for (const { id, title, referenceId, isListed = true } of contracts) {
      if (isListed && contractIds.includes(id)) yield rowOf({ id, title, referenceId }, listIds);
    }
  }
  async function status(id: string) {
    asked.push(`status ${id}`);
    const found = contracts.find((contract) => contract.id === id);
    if (found === undefined) throw new SpotDraftError('404', { code: 'spotdraft.not_found', recovery: 'never' });
    return { title: found.title, status: 'EXECUTED' };
  }
  return { options: { spotdraft: { contracts: { list, status } } } as unknown as ResolveContractIdOptions, asked };
}

function rowOf(
  { id, title, referenceId }: { id: string; title: string; referenceId?: string | undefined },
  listIds: World['listIds'],
): ContractRow {
  return {
    contractId: listIds === 'composite' ? id : undefined,
    numericId: Number(id.slice(2)),
    title,
    referenceId,
    status: 'EXECUTED',
    counterparties: [],
  };
}

const t7 = { id: 'T-7', title: 'NDA', referenceId: 'SD-7' };
const h7 = { id: 'H-7', title: 'Old lease', referenceId: 'SDH-7' };
const both = { contracts: [t7, h7] };
const listed = 'list T-7,H-7';

async function resolve(input: ContractReference, spy: Spy): Promise<string> {
  try {
    return (await resolveContractId(input, spy.options)).contractId;
  } catch (error) {
    const { code, recovery } = error as SpotDraftError;
    return `${code} (${recovery})`;
  }
}

const unclear = 'spotdraft.contract_unresolved (operator)';
const unseen = 'spotdraft.contract_unresolved (retry)';

it.each(['T-7', 'H-7'])('uses the composite id %s as it is, without a request', async (id) => {
  const spy = world({ contracts: [] });
  expect(await resolve(id, spy)).toBe(id);
  expect(await resolve({ contractId: id, title: 'anything' }, spy)).toBe(id);
  expect(spy.asked).toEqual([]);
});

it('needs one request for a webhook, and hands its answer on', async () => {
  const spy = world(both);
  expect(await resolveContractId({ contractId: 7, title: ' NDA', referenceId: 'SD-7' }, spy.options)).toEqual({
    contractId: 'T-7',
    status: { title: 'NDA', status: 'EXECUTED' },
  });
  expect(spy.asked).toEqual(['status T-7']);
});

const cases: { name: string; input: ContractReference; world: World; expected: string; asked: string[] }[] = [
  {
    name: 'a webhook of a renamed contract, by its reference',
    input: { contractId: 7, title: 'NDA (draft)', referenceId: 'SD-7' },
    world: both,
    expected: 'T-7',
    asked: ['status T-7', listed],
  },
  {
    name: 'a webhook whose reference is that of the historical contract',
    input: { contractId: 7, title: 'Old lease', referenceId: 'SDH-7' },
    world: both,
    expected: 'H-7',
    asked: ['status T-7', listed, 'status H-7'],
  },
  {
    name: 'a webhook of a renamed contract without reference, when nothing else has the number',
    input: { contractId: 7, title: 'NDA (draft)' },
    world: { contracts: [t7] },
    expected: 'T-7',
    asked: ['status T-7', listed],
  },
  {
    name: 'nothing for a webhook of another title without reference, when two have the number',
    input: { contractId: 7, title: 'Old lease' },
    world: both,
    expected: unclear,
    asked: ['status T-7', listed],
  },
  {
    name: 'nothing for another reference than anything has',
    input: { contractId: 7, title: 'Lease', referenceId: 'SD-99' },
    world: both,
    expected: unclear,
    asked: ['status T-7', listed],
  },
  {
    name: 'nothing when only the historical contract exists: it is never taken for want of another',
    input: { contractId: 7, title: 'Old lease' },
    world: { contracts: [h7] },
    expected: unclear,
    asked: ['status T-7', listed, 'status H-7'],
  },
  {
    name: 'nothing when neither is to be seen, which may pass',
    input: { contractId: 7, title: 'NDA', referenceId: 'SD-7' },
    world: { contracts: [] },
    expected: unseen,
    asked: ['status T-7', listed],
  },
  {
    name: 'nothing while the list does not show a renamed contract yet',
    input: { contractId: 7, title: 'NDA (draft)', referenceId: 'SD-7' },
    world: { contracts: [{ ...t7, isListed: false }] },
    expected: unseen,
    asked: ['status T-7', listed],
  },
  {
    name: 'a number alone, when nothing else has it',
    input: 7,
    world: { contracts: [t7] },
    expected: 'T-7',
    asked: ['status T-7', listed],
  },
  { name: 'a number as text', input: '7', world: { contracts: [t7] }, expected: 'T-7', asked: ['status T-7', listed] },
  { name: 'nothing for a number alone that two contracts have', input: 7, world: both, expected: unclear, asked: ['status T-7', listed] },
  {
    name: 'a row with the number alone, by its reference, although both have its title',
    input: rowOf({ ...h7, title: 'NDA' }, 'number'),
    world: { contracts: [t7, { ...h7, title: 'NDA' }] },
    expected: 'H-7',
    asked: ['status T-7', listed, 'status H-7'],
  },
  {
    name: 'a row of a list that shows numbers alone, by title and reference',
    input: rowOf(h7, 'number'),
    world: { ...both, listIds: 'number' },
    expected: 'H-7',
    asked: ['status T-7', listed, 'status H-7'],
  },
  {
    name: 'the template contract of such a list',
    input: rowOf(t7, 'number'),
    world: { ...both, listIds: 'number' },
    expected: 'T-7',
    asked: ['status T-7', listed],
  },
  {
    name: 'nothing when such a list shows two contracts of one title',
    input: rowOf(t7, 'number'),
    world: { contracts: [t7, { ...h7, title: 'NDA' }], listIds: 'number' },
    expected: unclear,
    asked: ['status T-7', listed],
  },
  {
    name: 'a row with its composite id',
    input: rowOf(h7, 'composite'),
    world: { contracts: [] },
    expected: 'H-7',
    asked: [],
  },
];

it.each(cases)('resolves $name', async ({ input, world: given, expected, asked }) => {
  const spy = world(given);
  expect(await resolve(input, spy)).toBe(expected);
  expect(spy.asked).toEqual(asked);
});

it.each(['', 'seven', 'T-', -7, 7.5, 0, Number.NaN])('refuses %j, which is no id', async (input) => {
  const spy = world(both);
  expect(await resolve(input, spy)).toBe('spotdraft.invalid_request (never)');
  expect(spy.asked).toEqual([]);
});

it('does not take a failed look-up for an absent contract', async () => {
  const spy = world(both);
  const failure = new SpotDraftError('down', { code: 'spotdraft.unavailable', recovery: 'retry' });
  const contracts = { ...spy.options.spotdraft.contracts, status: () => Promise.reject(failure) };
  await expect(resolveContractId(7, { spotdraft: { contracts } })).rejects.toBe(failure);
  expect(spy.asked).toEqual([]);
});
