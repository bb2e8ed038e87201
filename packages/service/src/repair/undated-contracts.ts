import type { AssessedContract, Survey } from './assess-contracts.ts';
import { listedIds } from './listed-ids.ts';

/** Every date of an execution that there may be. */
const allTime = { executedFrom: '1900-01-01', executedTo: '2999-12-31' } as const;

/** Those of some executed contracts of which SpotDraft knows no date of execution. One request for each 50. */
export async function withoutDated(
  contracts: readonly AssessedContract[],
  survey: Survey,
  signal: AbortSignal | undefined,
): Promise<readonly AssessedContract[]> {
  const contractIds = contracts.map(({ contractId }) => contractId);
  const dated = await listedIds({ contractIds, ...allTime, signal }, survey);
  return contracts.filter(({ contractId }) => !dated.has(contractId));
}
