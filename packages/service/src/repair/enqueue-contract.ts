import { parseContractId } from '@spotdraft-archive/core';
import { writeRow } from '../jobs/contract-to-archive.ts';
import { enqueueJobs, type JobRequest } from '../jobs/enqueue-job.ts';
import { writeBackRequest } from '../write-back/write-back-request.ts';
import type { AssessedContract, Survey } from './assess-contracts.ts';

/** Asks for the work on a contract that was just listed, so that the job need not look it up again. */
export async function enqueueContract(contract: AssessedContract, survey: Survey): Promise<void> {
  await enqueueContracts([contract], survey);
}

/** The same for several, all or none: a disk takes as long to make sure of one job as of a hundred. */
export async function enqueueContracts(contracts: readonly AssessedContract[], survey: Survey): Promise<void> {
  const dueAt = survey.now();
  await enqueue(
    contracts.map(({ contractId, row }) => {
      const { number: contractNumber } = parseContractId(contractId);
      return { subject: contractId, contractNumber, contractId, dueAt, hint: writeRow({ ...row, contractId }) };
    }),
    survey,
  );
}

/** Has SpotDraft told where the copies of some archived contracts lie. */
export async function enqueueWriteBacks(contracts: readonly AssessedContract[], survey: Survey): Promise<void> {
  await enqueue(
    contracts.map(({ contractId }) => writeBackRequest(contractId, survey.now())),
    survey,
  );
}

async function enqueue(requests: readonly JobRequest[], { database, queue, wake }: Survey): Promise<void> {
  if (requests.length === 0) return;
  await enqueueJobs({ sql: database, queue }, requests);
  wake();
}
