import {
  ArchiveError,
  type ArchiveResult,
  archiveContract,
  type ContractToArchive,
  type Ledger,
  type SpotDraftClient,
  type StorageDestination,
} from '@spotdraft-archive/core';
import PQueue from 'p-queue';

export interface ArchiverOptions {
  readonly spotdraft: SpotDraftClient;
  readonly destinations: Readonly<Record<string, StorageDestination>>;
  readonly ledger: Ledger;
  /** Told one line for a person to read. */
  readonly tell: (line: string) => void;
}

/** What became of everything that was asked for, by contract id. */
export interface Archiver {
  readonly archived: ReadonlyMap<string, ArchiveResult>;
  /** Contracts that SpotDraft does not call executed. */
  readonly refused: ReadonlySet<string>;
  /** What went wrong. */
  readonly failures: readonly string[];
  archive(contract: ContractToArchive): void;
  settled(): Promise<void>;
}

/** Archives contracts as they are reported, four at a time. The service of this project does the same with a durable queue. */
export function createArchiver({ spotdraft, destinations, ledger, tell }: ArchiverOptions): Archiver {
  const queue = new PQueue({ concurrency: 4 });
  const archived = new Map<string, ArchiveResult>();
  const refused = new Set<string>();
  const failures: string[] = [];

  const run = async (contract: ContractToArchive): Promise<void> => {
    const stored = new Set<string>();
    try {
      const result = await archiveContract(contract, {
        spotdraft,
        destinations,
        ledger,
        readiness: { attempts: 8, firstDelayMs: 500, maxDelayMs: 2_000 },
        onEvent: (event) => {
          if (event.type === 'document.stored') stored.add(event.destination);
          if (event.type === 'document.delayed')
            tell(`waiting   ${event.contractId}  its PDF is not ready, next look in ${event.retryInMs} ms`);
          if (event.type === 'name.clashed')
            tell(`renamed   ${event.contractId}  ${event.destination}: the name is taken by another contract`);
        },
      });
      archived.set(result.contractId, result);
      for (const name of stored) tell(`stored    ${result.contractId}  ${name}: ${result.receipts[name]?.path}`);
      for (const error of Object.values(result.failures)) failures.push(`${result.contractId}: ${error?.message}`);
    } catch (error) {
      if (!ArchiveError.isInstance(error)) throw error;
      if (error.code !== 'spotdraft.not_executed') failures.push(error.message);
      else refused.add(String(error.details.contractId));
      tell(`refused   ${error.message}`);
    }
  };

  return {
    archived,
    refused,
    failures,
    archive: (contract) => {
      queue.add(() => run(contract)).catch((error: unknown) => failures.push(String(error)));
    },
    settled: () => queue.onIdle(),
  };
}
