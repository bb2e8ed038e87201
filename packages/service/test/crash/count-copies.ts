import { type SpotDraftEmulator, sha256OfDocument } from '@spotdraft-archive/testkit';
import type { ArchiveService } from '../../src/index.ts';
import type { StoreFarm } from './store-farm.ts';
import { type StoredFiles, type StoreName, storeNames } from './store-messages.ts';

/** What lies in the stores, all of them together. */
export interface CopyCounts {
  readonly contracts: number;
  readonly copies: number;
  /** Copies that no receipt tells of. */
  readonly duplicates: number;
  /** Copies without a receipt, or that are not where their receipt says, or whose bytes are not the document's. */
  readonly lost: number;
  /** What is wrong with which contract, for the reader of a failed run. */
  readonly differences: readonly string[];
}

export interface CountOptions {
  readonly emulator: SpotDraftEmulator;
  readonly farm: StoreFarm;
}

/** Compares SpotDraft's documents, the service's receipts, and what lies in the stores. */
export async function countCopies(service: ArchiveService, { emulator, farm }: CountOptions): Promise<CopyCounts> {
  const contracts = emulator.state.contracts.filter(({ status }) => status === 'EXECUTED');
  const files = await farm.list();
  const known = new Set<string>();
  const lost: string[] = [];
  for (const { id, versions } of contracts) {
    const pdf = await versions.at(-1)?.openPdf();
    const sha256 = pdf && (await sha256OfDocument(pdf));
    const { receipts } = await service.status(id);
    for (const store of storeNames) {
      const receipt = receipts[store];
      const file = files[store].find((stored) => stored.id === receipt?.id);
      const hasItsBytes = file !== undefined && (file.sha256 === sha256 || file.unrenderedSha256 === sha256);
      if (hasItsBytes && receipt?.sha256 === file.sha256 && !known.has(placeOf(store, receipt?.id))) known.add(placeOf(store, receipt?.id));
      else
        lost.push(
          `${id} in ${store}: receipt ${receipt?.id}, ${file === undefined ? 'no such file' : `its bytes ${file.sha256}`}, not ${sha256}`,
        );
    }
  }
  const extra = extraFiles(files, known);
  const copies = storeNames.reduce((sum, store) => sum + files[store].length, 0);
  return { contracts: contracts.length, copies, duplicates: extra.length, lost: lost.length, differences: [...lost, ...extra] };
}

function extraFiles(files: StoredFiles, known: ReadonlySet<string>): readonly string[] {
  return storeNames.flatMap((store) =>
    files[store].filter(({ id }) => !known.has(placeOf(store, id))).map(({ id, name }) => `${name} (${id}) in ${store} has no receipt`),
  );
}

function placeOf(store: StoreName, id: string | undefined): string {
  return `${store} ${id}`;
}
