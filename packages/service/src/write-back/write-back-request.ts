import { parseContractId } from '@spotdraft-archive/core';
import type { JobRequest } from '../jobs/enqueue-job.ts';
import { subjectOf } from '../tasks/job-task.ts';

/** The job that tells SpotDraft where the copies of a contract lie: one of its own, so that the contract is archived whatever becomes of it. */
export function writeBackRequest(contractId: string, dueAt: number): JobRequest {
  const { number: contractNumber } = parseContractId(contractId);
  return { subject: subjectOf('write-back', contractId), contractNumber, contractId, task: 'write-back', dueAt };
}
