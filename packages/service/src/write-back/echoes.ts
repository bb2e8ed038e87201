import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { WriteBackOptions } from './write-back-options.ts';

/** The kinds of writing whose webhooks would wake us up. Comments wake nobody. */
type EchoKind = Exclude<WriteBackOptions['to'], 'comment'>;

const kinds: Readonly<Partial<Record<string, EchoKind>>> = {
  CONTRACT_KEY_POINTER_CREATION: 'key-pointer',
  CONTRACT_KEY_POINTER_UPDATION: 'key-pointer',
  CONTRACT_EXTERNAL_METADATA_CREATED: 'external-metadata',
  CONTRACT_EXTERNAL_METADATA_UPDATED: 'external-metadata',
};

/** How far SpotDraft's clock may be from ours, and the writing from its webhook's time. */
const toleranceMs = 120_000;

/** After so long the webhook is taken for lost. */
const lifetimeMs = 600_000;

export interface Echo {
  readonly contractNumber: number;
  readonly kind: EchoKind;
  readonly now: number;
}

/** Notes that one webhook will come of what is about to be written. To be called before: the webhook may be faster than the answer. */
export async function expectEcho(sql: Kysely<Tables>, { contractNumber, kind, now }: Echo): Promise<void> {
  await sql
    .deleteFrom('archive_echoes')
    .where('written_at', '<', now - lifetimeMs)
    .execute();
  await sql
    .insertInto('archive_echoes')
    .values({ contract_number: contractNumber, kind, expected: 1, written_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['contract_number', 'kind'])
        .doUpdateSet((eb) => ({ expected: eb('archive_echoes.expected', '+', 1), written_at: now })),
    )
    .execute();
}

/** Takes back what was expected: nothing was written, or nobody knows. */
export async function forgetEchoes(sql: Kysely<Tables>, { contractNumber, kind }: Omit<Echo, 'now'>): Promise<void> {
  await sql.deleteFrom('archive_echoes').where('contract_number', '=', contractNumber).where('kind', '=', kind).execute();
}

export interface Heard {
  readonly contractNumber: number;
  readonly activity: string;
  /** By SpotDraft's clock, in milliseconds since 1970; absent when the webhook does not say. */
  readonly occurredAt: number | undefined;
  readonly now: number;
}

/**
 * True for a webhook that our own writing has caused, once for each writing.
 *
 * A change that a person makes within the same minutes may be taken for ours; then ours is taken for theirs, and the refresh that follows reads
 * what both have left.
 */
export async function isEcho(sql: Kysely<Tables>, { contractNumber, activity, occurredAt, now }: Heard): Promise<boolean> {
  const kind = kinds[activity];
  if (kind === undefined) return false;
  const row = await sql
    .updateTable('archive_echoes')
    .set((eb) => ({ expected: eb('expected', '-', 1) }))
    .where('contract_number', '=', contractNumber)
    .where('kind', '=', kind)
    .where('expected', '>', 0)
    .where('written_at', '>', now - lifetimeMs)
    .$if(occurredAt !== undefined, (update) => update.where('written_at', '<=', (occurredAt ?? 0) + toleranceMs))
    .$if(occurredAt !== undefined, (update) => update.where('written_at', '>=', (occurredAt ?? 0) - toleranceMs))
    .returning('expected')
    .executeTakeFirst();
  if (row?.expected === 0) await forgetEchoes(sql, { contractNumber, kind });
  return row !== undefined;
}
