import type { ContractFacts } from '../contract/contract-facts.ts';
import type { ContractFact } from '../naming/layout.ts';
import { type ConfirmOptions, type ContractToArchive, confirmContract } from './confirm-contract.ts';
import { gatherFacts } from './gather-facts.ts';

export interface DescribeOptions extends ConfirmOptions {
  /** What to make sure of; the rest is there when the input told it. @default nothing more */
  readonly facts?: readonly ContractFact[] | undefined;
}

/**
 * Tells what SpotDraft knows of an executed contract, without archiving it: title and status as they are now, what the input told, and the
 * facts that were asked for.
 *
 * Safe to repeat: it only reads. Throws what `archiveContract` throws for a contract that is not executed or cannot be found.
 *
 * @example
 * const { keyPointers } = await describeContract('T-19589', { spotdraft, facts: ['keyPointers'] });
 */
export async function describeContract(contract: ContractToArchive, options: DescribeOptions): Promise<ContractFacts> {
  const confirmed = await confirmContract(contract, options);
  return gatherFacts(confirmed, options).ask(options.facts ?? []);
}
