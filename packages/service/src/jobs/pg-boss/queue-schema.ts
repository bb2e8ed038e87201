import { createHash } from 'node:crypto';

/**
 * Names the schema of the queue's own tables after the schema of the archive's, so that two archives in one database never meet.
 *
 * pg-boss takes 50 bytes; longer and unusual names are told apart by a hash.
 */
export function queueSchemaOf(schema: string): string {
  if (/^[a-z_][a-z0-9_]{0,42}$/.test(schema)) return `${schema}_queue`;
  return `archive_${createHash('sha256').update(schema).digest('hex').slice(0, 16)}_queue`;
}
