import { type ArchiveResult, archiveContract, createSpotDraftClient, memoryLedger } from '@spotdraft-archive/core';
import { filesystem } from '../../src/index.ts';
import { countSteps } from './count-steps.ts';

export interface ArchiveTask {
  readonly spotdraft: { readonly url: string; readonly clientId: string; readonly clientSecret: string };
  readonly contractId: string;
  readonly directory: string;
  readonly temporaryDirectory: string;
}

export interface Interruption {
  /** Called before and after every request, ledger call, destination call and event, with its number from 1. */
  readonly atStep: (number: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Archives one contract to a folder as a process does that remembers nothing. */
export async function archiveOnce(task: ArchiveTask, { atStep, signal }: Interruption): Promise<ArchiveResult> {
  const step = countSteps(atStep);
  const { url, clientId, clientSecret } = task.spotdraft;
  const spotdraft = createSpotDraftClient({
    baseUrl: url,
    clientId,
    clientSecret,
    source: 'test',
    requestsPerSecond: 1_000,
    fetch: step.around(fetch),
    retry: { attempts: 2, firstDelayMs: 1, maxDelayMs: 1 },
  });
  return archiveContract(task.contractId, {
    spotdraft,
    destinations: { folder: step.aroundMethods(filesystem({ directory: task.directory })) },
    ledger: step.aroundMethods(memoryLedger()),
    maxMemoryBytes: 10_000,
    temporaryDirectory: task.temporaryDirectory,
    readiness: { attempts: 2, firstDelayMs: 1, maxDelayMs: 1 },
    onEvent: () => step.take(),
    signal,
  });
}
