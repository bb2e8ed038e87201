import { parseContractId } from '@spotdraft-archive/core';
import type { IndexedContract } from '../contracts/search-contracts.ts';
import { optionError } from '../option-error.ts';

interface WriteBackText {
  /** What is written; nothing when it is empty. @default link or path of each copy, such as `drive: https://...` */
  readonly text?: ((contract: IndexedContract) => string) | undefined;
}

/** The value of a key pointer, which has to be defined in SpotDraft for the contract types concerned. */
export interface KeyPointerWriteBack extends WriteBackText {
  readonly to: 'key-pointer';
  readonly fieldName: string;
}

/** A comment in the activity log. T contracts only: SpotDraft's endpoint takes no other. */
export interface CommentWriteBack extends WriteBackText {
  readonly to: 'comment';
}

/** A field of our own, `spotdraft_archive`, in the record of another system that the contract is linked with; all that is there stays. */
export interface ExternalMetadataWriteBack extends WriteBackText {
  readonly to: 'external-metadata';
}

/** Where to write in SpotDraft that a contract is archived, once for each contract and version. */
export type WriteBackOptions = KeyPointerWriteBack | CommentWriteBack | ExternalMetadataWriteBack;

const places: readonly string[] = ['key-pointer', 'comment', 'external-metadata'] satisfies readonly WriteBackOptions['to'][];

/** Throws `ConfigurationError` that names the option and the remedy. */
export function checkWriteBack(options: WriteBackOptions | undefined): void {
  if (options === undefined) return;
  if (!places.includes(options?.to)) throw refuse('.to', `Pass one of ${places.join(', ')}.`);
  if (options.to === 'key-pointer' && !options.fieldName) throw refuse('.fieldName', 'Pass the field name of the key pointer.');
  if (options.text !== undefined && typeof options.text !== 'function') throw refuse('.text', 'Pass a function from a contract to a text.');
}

function refuse(option: string, remedy: string): Error {
  return optionError(`writeBack${option}`, remedy, 'config.invalid_option');
}

/** Names the place that is written to; another place is written to anew. */
export function placeOf(options: WriteBackOptions): string {
  return options.to === 'key-pointer' ? `key-pointer ${options.fieldName}` : options.to;
}

/** False for a comment on an `H` contract, which SpotDraft's endpoint does not take. */
export function canBeWritten(contractId: string, { to }: WriteBackOptions): boolean {
  return to !== 'comment' || parseContractId(contractId).prefix === 'T';
}

/** The text for a contract whose copies are all there. */
export function textOf(contract: IndexedContract, { text }: WriteBackOptions): string {
  return text ? text(contract) : linksOf(contract);
}

function linksOf({ receipts }: IndexedContract): string {
  return Object.entries(receipts)
    .map(([destination, { webUrl, path }]) => `${destination}: ${webUrl ?? path}`)
    .join(' | ');
}
