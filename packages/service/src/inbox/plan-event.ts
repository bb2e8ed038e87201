import type { VerifiedContractEvent } from '@spotdraft-archive/core';
import type { SourceMark } from '../contracts/mark-contract.ts';
import { writeJson } from '../database/json-column.ts';
import type { InboxTable } from '../database/tables.ts';
import type { JobRequest } from '../jobs/enqueue-job.ts';
import { subjectOf } from '../tasks/job-task.ts';
import { type EventInterests, taskOfEvent } from './task-of-event.ts';

/** An event as it is stored, and what follows from it: a job, or a mark in the index. */
export interface PlannedEvent {
  readonly row: InboxTable;
  /** By SpotDraft's clock, in milliseconds since 1970. */
  readonly occurredAt: number | undefined;
  readonly request?: JobRequest | undefined;
  readonly mark?: SourceMark | undefined;
}

export interface PlanEventOptions extends EventInterests {
  readonly now: number;
}

/** Undefined for an event that an archive has no use for. */
export function planEvent(event: VerifiedContractEvent, { now, ...interests }: PlanEventOptions): PlannedEvent | undefined {
  const task = taskOfEvent(event, interests);
  const { deliveryId, activity, contractNumber, raw } = event;
  if (task === undefined || contractNumber === undefined) return undefined;
  const occurredAt = event.occurredAt?.getTime();
  const row = { delivery_id: deliveryId, activity, contract_number: contractNumber, received_at: now };
  // Webhooks speak of T contracts only.
  const contractId = `T-${contractNumber}`;
  if (task === 'mark-deleted' || task === 'mark-voided') {
    const mark = { contractId, sourceState: task === 'mark-deleted' ? 'DELETED' : 'VOIDED' } as const;
    return { row: { ...row, subject: null, body: null, done_at: now }, occurredAt, mark };
  }
  const request: JobRequest =
    task === 'archive'
      ? { subject: String(contractNumber), contractNumber, dueAt: now }
      : { subject: subjectOf(task, contractId), contractNumber, contractId, task, dueAt: now };
  return { row: { ...row, subject: request.subject, body: writeJson(raw), done_at: null }, occurredAt, request };
}
