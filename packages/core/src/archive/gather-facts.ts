import type { ContractFacts } from '../contract/contract-facts.ts';
import type { ContractFact } from '../naming/layout.ts';
import type { SpotDraftClient } from '../spotdraft/client.ts';
import type { ConfirmedContract } from './confirm-contract.ts';
import { executionDate } from './execution-date.ts';
import { factsFromRow } from './facts-from-row.ts';

export interface GatherOptions {
  readonly spotdraft: SpotDraftClient;
  readonly versionId?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What is known of a contract, which grows by asking. */
export interface GatheredFacts {
  /** What is known by now. */
  readonly known: ContractFacts;
  /**
   * Makes sure of some facts, with no request for what was told, or asked for, before.
   *
   * A fact that SpotDraft does not have stays absent; a request that fails rejects, so that a name never depends on the weather.
   */
  ask(needed: Iterable<ContractFact>): Promise<ContractFacts>;
}

/** Facts that SpotDraft tells in a list row and nowhere else. */
const rowFacts: readonly ContractFact[] = ['contractType', 'contractTypeId', 'counterparties', 'referenceId', 'owner', 'createdAt'];

/** What a manifest tells beside what every archived document carries. */
export const manifestFacts: readonly ContractFact[] = [...rowFacts, 'executedAt', 'keyPointers', 'externalMetadata'];

/** Begins with what is known of a contract already. Asks nobody. */
export function gatherFacts({ contractId, title, status, known: told }: ConfirmedContract, options: GatherOptions): GatheredFacts {
  const { versionId } = options;
  let known: ContractFacts = { counterparties: [], ...told, contractId, title, status, versionId };
  const settled = new Set<ContractFact>(Object.keys(told) as ContractFact[]);
  return {
    get known() {
      return known;
    },
    async ask(needed) {
      const lacking = new Set([...needed].filter((fact) => !settled.has(fact)));
      const learnt = await askSpotDraft(contractId, { ...options, lacking });
      const isRowAsked = rowFacts.some((fact) => lacking.has(fact));
      known = { ...known, ...learnt, ...told };
      for (const fact of isRowAsked ? [...lacking, ...rowFacts] : lacking) settled.add(fact);
      return known;
    },
  };
}

interface AskOptions extends GatherOptions {
  readonly lacking: ReadonlySet<ContractFact>;
}

async function askSpotDraft(contractId: string, { spotdraft, signal, lacking }: AskOptions): Promise<Partial<ContractFacts>> {
  let learnt: Partial<ContractFacts> = {};
  if (rowFacts.some((fact) => lacking.has(fact))) {
    const row = await spotdraft.contracts.find(contractId, { signal });
    if (row) learnt = factsFromRow(row);
  }
  if (lacking.has('executedAt')) learnt = { ...learnt, executedAt: await executionDate(contractId, { spotdraft, signal }) };
  if (lacking.has('keyPointers')) {
    const keyPointers = await spotdraft.contracts.keyPointers(contractId, { signal });
    learnt = { ...learnt, keyPointers: new Map(keyPointers.map((pointer) => [pointer.fieldName, pointer])) };
  }
  if (lacking.has('externalMetadata') && learnt.externalMetadata === undefined) {
    learnt = { ...learnt, externalMetadata: await spotdraft.contracts.externalMetadata(contractId, { signal }) };
  }
  return learnt;
}
