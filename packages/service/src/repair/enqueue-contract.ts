import { writeRow } from '../jobs/contract-to-archive.ts';
import { enqueueJob } from '../jobs/enqueue-job.ts';
import type { AssessedContract, Survey } from './assess-contracts.ts';

/** Asks for the work on a contract that was just listed, so that the job need not look it up again. */
export async function enqueueContract({ contractId, row }: AssessedContract, { database, queue, now, wake }: Survey): Promise<void> {
  const hint = writeRow({ ...row, contractId });
  await enqueueJob({ sql: database, queue }, { subject: contractId, contractNumber: row.numericId, contractId, dueAt: now(), hint });
  wake();
}
