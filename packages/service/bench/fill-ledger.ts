import { documentKey, type Receipt } from '@spotdraft-archive/core';
import type { Kysely } from 'kysely';
import { writeJson } from '../src/database/json-column.ts';
import type { Tables } from '../src/database/tables.ts';
import { documentHash, documentSize } from './discarding-destination.ts';

const batchSize = 500;

/** Gives the contracts of a filled index their receipts in some destinations, all of them archived after their last update. */
export async function fillLedger(sql: Kysely<Tables>, contracts: number, destinations: readonly string[]): Promise<void> {
  await sql
    .updateTable('archive_contracts')
    .set((eb) => ({ archived_at: eb('archived_at', '+', 2 * 86_400_000) }))
    .execute();
  for (let first = 1; first <= contracts; first += batchSize) {
    const rows = Array.from({ length: Math.min(batchSize, contracts - first + 1) }, (_, offset) => `T-${100_000 + first + offset}`).flatMap(
      (contractId) => destinations.map((destination) => ledgerRow(contractId, destination)),
    );
    await sql.insertInto('archive_ledger').values(rows).execute();
  }
}

function ledgerRow(contractId: string, destination: string) {
  const key = documentKey({ source: 'bench', contractId, versionId: '1', document: 'signed-pdf' });
  const receipt: Receipt = {
    destination,
    provider: 'discarding',
    key,
    contractId,
    versionId: '1',
    document: 'signed-pdf',
    id: key,
    path: `Contracts/${contractId}.pdf`,
    size: documentSize,
    sha256: documentHash,
    destinationHash: documentHash,
    storedAt: '2026-01-01T00:00:00.000Z',
    outcome: 'stored',
  };
  return { key, destination, contract_id: contractId, attempts: 1, receipt: writeJson(receipt) };
}
