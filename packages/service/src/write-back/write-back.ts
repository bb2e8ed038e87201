import { type ContractFacts, type KeyPointer, parseContractId, type SpotDraftClient } from '@spotdraft-archive/core';
import { metadataOf } from '../contracts/contract-metadata.ts';
import { indexContract } from '../contracts/index-contract.ts';
import { type IndexedContract, readContract } from '../contracts/search-contracts.ts';
import { writeJson } from '../database/json-column.ts';
import type { JobContext } from '../jobs/run-job.ts';
import { routedTo } from '../routing/routed-to.ts';
import { type Echo, expectEcho, forgetEchoes } from './echoes.ts';
import { canBeWritten, placeOf, textOf, type WriteBackOptions } from './write-back-options.ts';
import { writeComment } from './write-comment.ts';
import { writeExternalMetadata } from './write-external-metadata.ts';
import { writeKeyPointer } from './write-key-pointer.ts';

/** A text on its way into SpotDraft. */
export interface Writing {
  readonly contractId: string;
  readonly text: string;
  readonly spotdraft: SpotDraftClient;
  readonly signal: AbortSignal;
  /** To be called before anything is written that webhooks will tell of. */
  readonly announce: (kind: Echo['kind']) => Promise<void>;
  /** Told of all key pointers as they are after the writing: its webhook refreshes nothing. */
  readonly noteKeyPointers: (pointers: readonly KeyPointer[]) => Promise<void>;
}

export interface WriteBackTaskOptions {
  readonly context: JobContext;
  readonly signal: AbortSignal;
}

/**
 * Writes into SpotDraft where the copies of a contract lie, once for each version. Nothing is written before the contract is in every
 * destination that it goes to, nor what was written already.
 */
export async function writeBack(contractId: string, { context, signal }: WriteBackTaskOptions): Promise<void> {
  const { database, spotdraft, now, writeBack: options } = context;
  const contract = options && (await readContract(database.sql, contractId));
  if (!contract || !isComplete(contract, context)) return;
  const written = await readWritten(contractId, context, options);
  if (written && (written.version_id ?? undefined) === contract.versionId) return;
  const text = canBeWritten(contractId, options) ? textOf(contract, options).trim() : '';
  // Noted all the same: this version is done, and repair need not ask for it again.
  if (text === (written?.text ?? '')) return noteWritten(contract, { context, options, text, writtenAt: written?.written_at });

  const contractNumber = parseContractId(contractId).number;
  const announced: Echo['kind'][] = [];
  const announce = async (kind: Echo['kind']): Promise<void> => {
    announced.push(kind);
    await expectEcho(database.sql, { contractNumber, kind, now: now() });
  };
  try {
    const noteKeyPointers = (pointers: readonly KeyPointer[]): Promise<void> => indexKeyPointers(contract, pointers, context);
    await write({ contractId, text, spotdraft, signal, announce, noteKeyPointers }, options);
  } catch (error) {
    for (const kind of announced) await forgetEchoes(database.sql, { contractNumber, kind });
    throw error;
  }
  await noteWritten(contract, { context, options, text });
}

function write(writing: Writing, options: WriteBackOptions): Promise<void> {
  if (options.to === 'key-pointer') return writeKeyPointer(writing, options);
  return options.to === 'comment' ? writeComment(writing) : writeExternalMetadata(writing);
}

async function indexKeyPointers(
  contract: IndexedContract,
  pointers: readonly KeyPointer[],
  { database, index }: JobContext,
): Promise<void> {
  if (!index.facts.includes('keyPointers')) return;
  const keyPointers = new Map(pointers.map((pointer) => [pointer.fieldName, pointer]));
  const metadata = metadataOf({ ...contractFacts(contract), keyPointers }, index);
  await indexContract(database.sql, { contract, metadata, isPartial: true });
}

/** What is left out stays in the index as it is. */
function contractFacts({ contractId, title, sourceState }: IndexedContract): ContractFacts {
  return { contractId, title, status: sourceState, counterparties: [] };
}

function isComplete({ receipts, routedTo: names }: IndexedContract, context: JobContext): boolean {
  const row = { routed_to: names === undefined ? null : writeJson(names), route_version: null };
  const wanted = routedTo(row, context);
  return wanted.length > 0 && wanted.every((name) => receipts[name] !== undefined);
}

/** What was written to this place last. */
async function readWritten(contractId: string, { database }: JobContext, options: WriteBackOptions) {
  return database.sql
    .selectFrom('archive_write_backs')
    .selectAll()
    .where('contract_id', '=', contractId)
    .where('place', '=', placeOf(options))
    .executeTakeFirst();
}

interface Written {
  readonly context: JobContext;
  readonly options: WriteBackOptions;
  /** Empty when there was nothing to write. */
  readonly text: string;
  /** @default now */
  readonly writtenAt?: number | undefined;
}

async function noteWritten(
  { contractId, versionId }: IndexedContract,
  { context, options, text, writtenAt = context.now() }: Written,
): Promise<void> {
  const row = { place: placeOf(options), version_id: versionId ?? null, text, written_at: writtenAt };
  await context.database.sql
    .insertInto('archive_write_backs')
    .values({ contract_id: contractId, ...row })
    .onConflict((conflict) => conflict.column('contract_id').doUpdateSet(row))
    .execute();
}
