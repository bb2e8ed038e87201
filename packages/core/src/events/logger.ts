import type { Receipt } from '../ledger/receipt.ts';
import type { ArchiveEvent } from './archive-event.ts';

/** The part of a logger that this library uses. A pino logger fits as it is. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const levels: Record<ArchiveEvent['type'], keyof Logger> = {
  'contract.confirmed': 'debug',
  'document.delayed': 'warn',
  'document.downloaded': 'debug',
  'document.absent': 'info',
  'document.progressed': 'debug',
  'name.clashed': 'info',
  'revision.refused': 'warn',
  'document.stored': 'info',
  'document.skipped': 'debug',
  'document.failed': 'error',
  'contract.archived': 'info',
};

/** Writes an event as one structured line, at the level it deserves. Of a receipt it leaves out what names parties: where the copy lies. */
export function logEvent(logger: Logger, event: ArchiveEvent): void {
  const { receipt, earlier, ...facts }: ArchiveEvent & { readonly receipt?: Receipt; readonly earlier?: Receipt } = event;
  logger[levels[event.type]](
    { ...facts, ...(receipt && { receipt: nameless(receipt) }), ...(earlier && { earlier: nameless(earlier) }) },
    event.type,
  );
}

function nameless({ path: _path, webUrl: _webUrl, ...receipt }: Receipt): object {
  return receipt;
}
