import type { ContractFacts } from '../contract/contract-facts.ts';
import type { ContractFact } from '../naming/layout.ts';
import type { SpotDraftClient } from '../spotdraft/client.ts';
import type { ArchivePlan } from './archive-options.ts';
import type { ConfirmedContract } from './confirm-contract.ts';
import { executionDate } from './execution-date.ts';
import { factsFromRow } from './facts-from-row.ts';

export interface GatherOptions {
  readonly spotdraft: SpotDraftClient;
  /** The facts that somebody will use; nothing is asked for the others. */
  readonly needed: ReadonlySet<ContractFact>;
  readonly versionId: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Facts that SpotDraft tells in a list row and nowhere else. */
const rowFacts: readonly ContractFact[] = ['contractType', 'contractTypeId', 'counterparties', 'referenceId', 'owner', 'createdAt'];

/** What a manifest tells beside what every archived document carries. */
const manifestFacts: readonly ContractFact[] = [...rowFacts, 'executedAt', 'keyPointers', 'externalMetadata'];

/**
 * Puts together what is needed of a contract, with no request for anything that the webhook or the list row has told already.
 *
 * A fact that SpotDraft does not have stays absent; a request that fails rejects, so that a name never depends on the weather.
 */
async function gatherFacts(contract: ConfirmedContract, options: GatherOptions): Promise<ContractFacts> {
  const { spotdraft, needed, versionId, signal } = options;
  const { contractId } = contract;
  let facts: ContractFacts = {
    counterparties: [],
    ...contract.known,
    contractId,
    title: contract.title,
    status: contract.status,
    versionId,
  };

  const lacks = (fact: ContractFact): boolean => needed.has(fact) && contract.known[fact] === undefined;

  if (rowFacts.some(lacks)) {
    const row = await spotdraft.contracts.find(contractId, { signal });
    if (row) facts = { ...facts, ...factsFromRow(row), ...contract.known };
  }
  if (lacks('executedAt')) facts = { ...facts, executedAt: await executionDate(contractId, { spotdraft, signal }) };
  if (lacks('keyPointers')) {
    const keyPointers = await spotdraft.contracts.keyPointers(contractId, { signal });
    facts = { ...facts, keyPointers: new Map(keyPointers.map((pointer) => [pointer.fieldName, pointer])) };
  }
  if (lacks('externalMetadata')) facts = { ...facts, externalMetadata: await spotdraft.contracts.externalMetadata(contractId, { signal }) };
  return facts;
}

/** Gathers what a run's layout and manifest are made of. */
export function factsFor(contract: ConfirmedContract, versionId: string | undefined, plan: ArchivePlan): Promise<ContractFacts> {
  const needed = new Set(plan.documents.manifest ? [...plan.layout.fields, ...manifestFacts] : plan.layout.fields);
  return gatherFacts(contract, { spotdraft: plan.spotdraft, needed, versionId, signal: plan.signal });
}
