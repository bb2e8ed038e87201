import { ArchiveError, type ArchiveErrorOptions } from './archive-error.ts';

export type LedgerErrorCode = 'ledger.unavailable' | 'ledger.migration_required' | 'ledger.lease_lost';

/** The ledger could not record or answer. Without it nothing is stored. */
export class LedgerError extends ArchiveError<LedgerErrorCode> {
  constructor(message: string, options: ArchiveErrorOptions<LedgerErrorCode>) {
    super(message, options);
    this.name = 'LedgerError';
  }
}
