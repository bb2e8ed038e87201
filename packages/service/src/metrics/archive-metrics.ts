import type { ArchiveEvent } from '@spotdraft-archive/core';
import type { ServiceEvent } from '../events/service-event.ts';
import { type JobCounts, openStates } from '../health/backlog.ts';
import type { GaugeReading, Meter } from './meter.ts';

/** The measurements of one service. */
export interface ArchiveMetrics {
  /** Counts what an event tells. */
  readonly record: (event: ArchiveEvent | ServiceEvent) => void;
  /** Measures the backlog whenever the meter is read, until the answer is called. */
  observe(backlog: BacklogReaders): () => void;
}

export interface BacklogReaders {
  readonly countJobs: () => Promise<JobCounts>;
  readonly oldestEventAgeMs: () => Promise<number>;
}

/**
 * Makes the service's instruments. Attributes are names of destinations and error codes, never a contract's.
 *
 * Queue depth and age are those of the database, so that every process on it reports the same; read one of them, or the maximum.
 */
export function createArchiveMetrics(meter: Meter): ArchiveMetrics {
  const copies = meter.createCounter('spotdraft_archive.copies', {
    description: 'Verified copies, by destination and by what was done for them.',
    unit: '{copy}',
  });
  const failures = meter.createCounter('spotdraft_archive.failures', {
    description: 'Attempts at a document that ended without a verified copy, by destination and error code.',
    unit: '{failure}',
  });
  const copyDuration = meter.createHistogram('spotdraft_archive.copy.duration', {
    description: 'Time to store and verify one copy.',
    unit: 's',
  });
  const contractDuration = meter.createHistogram('spotdraft_archive.contract.duration', {
    description: 'Time of the attempt that completed a contract in every destination.',
    unit: 's',
  });
  const jobs = meter.createObservableGauge('spotdraft_archive.jobs', {
    description: 'Contracts in the queue, by state.',
    unit: '{contract}',
  });
  const age = meter.createObservableGauge('spotdraft_archive.oldest_event.age', {
    description: 'Age of the oldest webhook whose contract is not archived; 0 when there is none.',
    unit: 's',
  });

  return {
    record(event) {
      if (event.type === 'document.stored') {
        const { destination, receipt, durationMs } = event;
        copies.add(1, { destination, outcome: receipt.outcome });
        copyDuration.record(durationMs / 1_000, { destination });
      } else if (event.type === 'document.failed') failures.add(1, { destination: event.destination, code: event.code });
      else if (event.type === 'contract.archived') contractDuration.record(event.durationMs / 1_000, {});
    },
    observe({ countJobs, oldestEventAgeMs }) {
      const readJobs = async (reading: GaugeReading): Promise<void> => {
        const counts = await countJobs();
        for (const state of openStates) reading.observe(counts[state], { state });
      };
      const readAge = async (reading: GaugeReading): Promise<void> => reading.observe((await oldestEventAgeMs()) / 1_000, {});
      jobs.addCallback(readJobs);
      age.addCallback(readAge);
      return () => {
        jobs.removeCallback(readJobs);
        age.removeCallback(readAge);
      };
    },
  };
}
