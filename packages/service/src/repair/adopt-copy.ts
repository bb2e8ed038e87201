import type { Receipt } from '@spotdraft-archive/core';
import { sqlLedger } from '../ledger/sql-ledger.ts';
import { pathText } from '../verify/receipt-path.ts';
import type { UnrecordedContext, UnrecordedCopy } from './find-unrecorded.ts';

/** Gives a copy that proved to be ours its receipt. Nothing is read from SpotDraft, nothing is written to the store. */
export async function adoptCopy(unrecorded: UnrecordedCopy, { database, destinations, now }: UnrecordedContext): Promise<void> {
  const { contractId, versionId, key, destination, copy, bytes, path } = unrecorded;
  const ledger = sqlLedger(database);
  const attempt = await ledger.beginAttempt({ key, destination });
  await ledger.recordIntent(attempt, {
    key,
    destination,
    contractId,
    path,
    mediaType: 'application/pdf',
    size: bytes.size,
    sha256: bytes.sha256,
    destinationHash: bytes.hash,
  });
  const receipt: Receipt = {
    destination,
    provider: destinations[destination]?.provider ?? '',
    key,
    contractId,
    ...(versionId !== undefined && { versionId }),
    document: 'signed-pdf',
    id: copy.id,
    path: pathText(path),
    ...(copy.revision !== undefined && { revision: copy.revision }),
    size: bytes.size,
    sha256: bytes.sha256,
    destinationHash: bytes.hash,
    ...(copy.webUrl !== undefined && { webUrl: copy.webUrl }),
    storedAt: new Date(now()).toISOString(),
    outcome: 'adopted',
  };
  await ledger.recordReceipt(attempt, receipt);
}

/** Has the document stored beside a file that carries its key and holds other bytes. */
export async function leaveAlone({ key, destination, contractId, copy }: UnrecordedCopy, { database }: UnrecordedContext): Promise<void> {
  await database
    .insertInto('archive_ledger')
    .values({ key, destination, contract_id: contractId, attempts: 0, left_alone: copy.id })
    .onConflict((conflict) => conflict.columns(['key', 'destination']).doUpdateSet({ left_alone: copy.id }))
    .execute();
}
