import type { ContractFacts } from '../contract/contract-facts.ts';
import { definedOnly } from '../contract/defined-only.ts';
import { moment } from '../contract/moment.ts';
import type { ContractEvent } from '../webhook/contract-event.ts';

/** What a verified webhook tells about its contract. Descriptive only: state and title are asked for anew. */
export function factsFromEvent(event: ContractEvent): Partial<ContractFacts> {
  return definedOnly<ContractFacts>({
    referenceId: event.referenceId,
    contractType: event.contractType,
    contractTypeId: event.contractTypeId?.toString(),
    kind: event.contractKind,
    counterparties: namesOf(event),
    entity: event.entity?.name,
    owner: event.businessUser,
    createdAt: moment(event.createdAt),
    executedAt: event.activity === 'CONTRACT_EXECUTED' ? moment(event.occurredAt) : undefined,
  });
}

/** The other sides, or nothing when the webhook names none: then the list may know them. */
function namesOf({ counterparties }: ContractEvent): string[] | undefined {
  const names = counterparties.map(({ name, contact }) => name ?? contact?.name).filter((name) => name !== undefined);
  return names.length > 0 ? names : undefined;
}
