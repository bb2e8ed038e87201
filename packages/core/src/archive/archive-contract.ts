import { traced } from '../events/tracer.ts';
import { archiveDocuments } from './archive-documents.ts';
import { type ArchiveOptions, type ArchivePlan, type Destinations, planArchive } from './archive-options.ts';
import type { ArchiveResult } from './archive-result.ts';
import { type ContractToArchive, confirmContract } from './confirm-contract.ts';
import { summarize } from './summarize.ts';

/**
 * Brings the executed contract's documents into every destination, once and verified, and returns the receipts.
 *
 * Takes a composite id, a verified webhook event, or a row of `contracts.list`; what event and row tell is not asked for again.
 * Safe to repeat and to run from several processes at once: every document ends as one copy per destination. A destination that fails is
 * reported in `failures` and never hides the receipts of the others.
 *
 * Throws `SpotDraftError` when the contract is not executed (`spotdraft.not_executed`), its id cannot be resolved
 * (`spotdraft.contract_unresolved`), its document is not there yet (`spotdraft.document_not_ready`) or SpotDraft cannot be reached;
 * `ConfigurationError` for wrong options, before any request; and the reason of `signal` when aborted.
 *
 * @example
 * const { receipts } = await archiveContract('T-19589', { spotdraft, destinations: { folder: filesystem({ directory: './archive' }) } });
 */
export async function archiveContract<const Given extends Destinations>(
  contract: ContractToArchive,
  options: ArchiveOptions<Given>,
): Promise<ArchiveResult<Given>> {
  const plan = planArchive(options);
  plan.signal?.throwIfAborted();
  return traced({ tracer: plan.tracer, name: 'archive contract', attributes: {} }, () => run(contract, plan));
}

async function run<Given extends Destinations>(input: ContractToArchive, plan: ArchivePlan<Given>): Promise<ArchiveResult<Given>> {
  const startedAt = performance.now();
  const contract = await confirmContract(input, plan);
  plan.emit({ type: 'contract.confirmed', contractId: contract.contractId });

  const result = summarize<Given>(await archiveDocuments(contract, plan));

  if (result.complete && result.destinations.length > 0) {
    plan.emit({ type: 'contract.archived', contractId: contract.contractId, durationMs: performance.now() - startedAt });
  }
  return result;
}
