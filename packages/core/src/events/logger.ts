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

/** Writes an event as one structured line, at the level it deserves. */
export function logEvent(logger: Logger, event: ArchiveEvent): void {
  logger[levels[event.type]](event, event.type);
}
