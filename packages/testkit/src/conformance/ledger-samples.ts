import type { Attempt, AttemptFailure, Intent, LedgerEntry, Receipt } from '@spotdraft-archive/core';

export const sampleEntry: LedgerEntry = { key: 'us/T-19589/77120/signed-pdf', destination: 'drive' };

/** What an attempt is about to store. */
export function sampleIntent(entry: LedgerEntry = sampleEntry, changes: Partial<Intent> = {}): Intent {
  return {
    ...pick(entry),
    contractId: 'T-19589',
    path: { folders: ['Verträge', 'A/B “quoted” 株式会社'], name: "O'Neill – signed 📄.pdf" },
    mediaType: 'application/pdf',
    size: 5_000_000_000,
    sha256: 'a'.repeat(64),
    destinationHash: 'b+/8='.repeat(4),
    ...changes,
  };
}

/** A receipt with every field. */
export function sampleReceipt(entry: LedgerEntry = sampleEntry, changes: Partial<Receipt> = {}): Receipt {
  return {
    ...pick(entry),
    provider: 'google-drive',
    contractId: 'T-19589',
    versionId: '77120',
    document: 'signed-pdf',
    id: '1AbC_dEf-123',
    path: 'Verträge/A B/O’Neill – signed 📄.pdf',
    revision: '0B7',
    size: 5_000_000_000,
    sha256: 'a'.repeat(64),
    destinationHash: 'b+/8='.repeat(4),
    webUrl: 'https://drive.example/file/1AbC?x=1&y=2',
    storedAt: '2026-11-24T08:15:30.123Z',
    outcome: 'stored',
    ...changes,
  };
}

export const sampleFailure: AttemptFailure = { code: 'destination.quota_exceeded', message: 'The drive is full.', recovery: 'operator' };

/** The same data without fields that are `undefined`: what is absent may be left out. */
export function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** The row of an attempt. */
function pick({ key, destination }: LedgerEntry | Attempt): LedgerEntry {
  return { key, destination };
}
