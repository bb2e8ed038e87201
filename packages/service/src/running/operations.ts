import { parseContractId } from '@spotdraft-archive/core';
import type { ArchiveService, WaitOptions } from '../archive-service.ts';
import { contractStatus } from '../contracts/contract-status.ts';
import { countFacets } from '../contracts/count-facets.ts';
import { searchContracts } from '../contracts/search-contracts.ts';
import { databaseNow } from '../database/database-now.ts';
import { exportContracts } from '../export/export-contracts.ts';
import { readHealth } from '../health/service-health.ts';
import { listDeadLetters, redriveJob } from '../jobs/dead-letters.ts';
import { enqueueJob } from '../jobs/enqueue-job.ts';
import type { JobContext } from '../jobs/run-job.ts';
import { untilAttempted, untilIdle } from '../jobs/wait-for-jobs.ts';
import { resume } from '../parking/parked.ts';
import { checkResumable, describeParked } from '../parking/removed-destination.ts';
import type { Survey } from '../repair/assess-contracts.ts';
import { backfill } from '../repair/backfill.ts';
import { completeness } from '../repair/completeness.ts';
import { repair } from '../repair/repair.ts';
import { listTimers } from '../schedule/claim-timer.ts';
import { listFindings } from '../verify/open-findings.ts';
import { verify } from '../verify/verify.ts';

/** What people ask of a started service. */
export type Operations = Omit<ArchiveService, 'start' | 'stop' | 'handler' | 'healthHandler'>;

/** The operations of the public interface, one by one: what to look up and what to enqueue. Nothing is kept between two calls. */
export function createOperations({ database: { sql, engine }, queue, ledger }: JobContext, survey: Survey): Operations {
  const { destinations, routing, now, wake } = survey;
  const store = { sql, queue };
  const names = Object.keys(destinations);
  const status = (contractId: string) => contractStatus(contractId, { database: sql, ledger, destinations, routing });
  return {
    status,
    async archive(contractId: string, { signal }: WaitOptions = {}) {
      const { text, number } = parseContractId(contractId);
      await enqueueJob(store, { subject: text, contractNumber: number, contractId: text, dueAt: now() });
      wake();
      await untilAttempted(sql, text, signal);
      return status(text);
    },
    search: (query = {}) => searchContracts(sql, query),
    export: async (query) => exportContracts(query, { database: sql, destinations: names }),
    facets: (query = {}) => countFacets(sql, query),
    backfill: (range) => backfill(range, survey),
    repair: (range) => repair(range, survey),
    verify: (checks = {}) => verify(checks, survey),
    timers: () => listTimers(sql, databaseNow(engine)),
    findings: (list) => listFindings(sql, list),
    completeness: (range) => completeness(range, survey),
    parked: () => describeParked(sql, names),
    async resume(name) {
      if (name !== undefined) await checkResumable(sql, name, names);
      await resume(store, { name, now: now() });
      wake();
    },
    deadLetters: ({ limit } = {}) => listDeadLetters(sql, limit),
    async redrive(subject) {
      const isRedriven = await redriveJob(store, subject, now());
      if (isRedriven) wake();
      return isRedriven;
    },
    health: () => readHealth(sql, { now: databaseNow(engine), destinations: names }),
    idle: ({ signal } = {}) => untilIdle(sql, signal),
  };
}
