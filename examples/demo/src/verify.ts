import { createHash } from 'node:crypto';
import type { ArchiveResult, Receipt, StorageDestination } from '@spotdraft-archive/core';
import type { SpotDraftEmulator } from '@spotdraft-archive/testkit/emulators';

export interface VerifyOptions {
  readonly spotdraft: SpotDraftEmulator;
  readonly destinations: Readonly<Record<string, StorageDestination>>;
}

/** Reads every copy of a contract back and compares it with the document in SpotDraft, byte for byte. */
export async function isVerified(result: ArchiveResult, { spotdraft, destinations }: VerifyOptions): Promise<boolean> {
  const original = await sha256Of(await originalOf(result.contractId, spotdraft));
  const copies = await Promise.all(
    Object.entries(destinations).map(async ([name, destination]) => {
      const receipt: Receipt | undefined = result.receipts[name];
      if (!receipt || receipt.sha256 !== original) return false;
      return (await sha256Of(await destination.open(receipt.id))) === original;
    }),
  );
  return copies.every(Boolean);
}

async function originalOf(contractId: string, { state }: SpotDraftEmulator): Promise<ReadableStream<Uint8Array>> {
  const version = state.get(contractId).versions.at(-1);
  if (!version) throw new Error(`${contractId} has no document.`);
  return (await version.openPdf()).open();
}

async function sha256Of(stream: ReadableStream<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of stream) hash.update(bytes);
  return hash.digest('hex');
}
