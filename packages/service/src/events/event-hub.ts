import type { ArchiveEvent, Logger } from '@spotdraft-archive/core';
import type { ArchiveMetrics } from '../metrics/archive-metrics.ts';
import { logServiceEvent, type ServiceEvent } from './service-event.ts';

export interface EventHubOptions {
  readonly metrics: ArchiveMetrics | undefined;
  readonly logger?: Logger | undefined;
  /** Of the user. */
  readonly onEvent?: ((event: ArchiveEvent | ServiceEvent) => void) | undefined;
}

/** Hands each event to the metrics, the log and the user's listener. A listener that fails does not fail the work it is told about. */
export function createEventHub({ metrics, logger, onEvent }: EventHubOptions): (event: ArchiveEvent | ServiceEvent) => void {
  return (event) => {
    metrics?.record(event);
    if (logger) logServiceEvent(logger, event);
    void Promise.resolve(event)
      .then(onEvent)
      .catch(() => {});
  };
}
