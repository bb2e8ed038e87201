import type { ContractEvent, ContractRow, Person } from '@spotdraft-archive/core';

/** What the index keeps of a contract beside its id, title and type. Plain data. */
export interface ContractMetadata {
  /** Names of the other sides. */
  readonly counterparties: readonly string[];
  /** Our own legal entity. */
  readonly entity?: string | undefined;
  /** How the contract came to be, such as `TEMPLATE_CONTRACT`. */
  readonly kind?: string | undefined;
  readonly owner?: Person | undefined;
  /** ISO 8601. */
  readonly createdAt?: string | undefined;
  /** ISO 8601. Known when a webhook told of the execution. */
  readonly executedAt?: string | undefined;
  /** SpotDraft's page of the contract. */
  readonly sourceUrl?: string | undefined;
}

/** A contract as a webhook or a list describes it. */
export interface ContractDescription {
  readonly title: string;
  readonly referenceId: string | undefined;
  readonly contractType: string | undefined;
  readonly metadata: ContractMetadata;
}

export function describeContract(input: ContractEvent | ContractRow): ContractDescription {
  const { title = '', referenceId, contractType } = input;
  return { title, referenceId, contractType, metadata: 'activity' in input ? ofEvent(input) : ofRow(input) };
}

function ofEvent(event: ContractEvent): ContractMetadata {
  return {
    counterparties: event.counterparties.flatMap(({ name, contact }) => name ?? contact?.name ?? []),
    entity: event.entity?.name,
    kind: event.contractKind,
    owner: event.businessUser,
    createdAt: event.createdAt?.toISOString(),
    executedAt: event.activity === 'CONTRACT_EXECUTED' ? event.occurredAt?.toISOString() : undefined,
  };
}

function ofRow(row: ContractRow): ContractMetadata {
  return { counterparties: row.counterparties, owner: row.owner, createdAt: row.createdAt?.toISOString(), sourceUrl: row.webUrl };
}
