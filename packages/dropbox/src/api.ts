import { bytesBody, type DestinationAnswer, type RequestBody } from '@spotdraft-archive/core/destination';
import { z } from 'zod';
import type { CallSignal, Transport } from './transport.ts';
import { type CommitInfo, type FileMetadata, fileSchema, type Metadata, metadataSchema, type UploadCursor } from './wire-types.ts';

// The routes for files, with no decision in them. https://www.dropbox.com/developers/documentation/http/documentation#files

/** A file that was written, or the reason why it was not quite. */
export type CommitOutcome =
  /** `answeredAt` is the time on Dropbox's clock, in milliseconds since 1970; absent when the answer does not tell. */
  { readonly file: FileMetadata; readonly answeredAt: number | undefined } | { readonly refusal: string };

interface UploadOptions extends CallSignal {
  readonly commit: CommitInfo;
  /** Of the bytes of this request, or of the whole file in `uploadFile`. */
  readonly hash: string;
}

/** Writes a small file. Hands back refusals because of what lies at the path, of the hash and of the property groups. */
export async function uploadFile(
  transport: Transport,
  { body, commit, hash, signal }: UploadOptions & { readonly body: RequestBody },
): Promise<CommitOutcome> {
  const argument = { ...commitArgument(commit), content_hash: hash };
  const refusals = /^path\/conflict|^properties_error|^content_hash_mismatch$/;
  const answer = await transport.upload({ operation: 'store the document', route: 'files/upload', argument, refusals, signal }, body);
  return outcomeOf(answer);
}

export async function startSession(transport: Transport, { signal }: CallSignal): Promise<string> {
  const call = { operation: 'begin the upload', route: 'files/upload_session/start', argument: {}, signal };
  const answer = await transport.upload(call, bytesBody(new Uint8Array()));
  return answer.json(z.object({ session_id: z.string().min(1) })).session_id;
}

interface AppendOptions extends CallSignal {
  readonly cursor: UploadCursor;
  readonly bytes: Uint8Array;
  readonly hash?: string | undefined;
}

const offsetSchema = z.object({ correct_offset: z.number() });

/** Adds bytes to a session. Answers with how many it holds, whether these fitted or not. */
export async function append(transport: Transport, { cursor, bytes, hash, signal }: AppendOptions): Promise<number> {
  const argument = { cursor, ...(hash !== undefined && { content_hash: hash }) };
  const route = 'files/upload_session/append_v2';
  const call = { operation: 'upload a piece', route, argument, refusals: /^incorrect_offset$/, repeat: 'never', signal } as const;
  const answer = await transport.upload(call, bytesBody(bytes));
  if (answer.reason === undefined) return cursor.offset + bytes.byteLength;
  return answer.json(z.object({ error: offsetSchema })).error.correct_offset;
}

/** Adds the last bytes and writes the session into a file. Answers with a number when the session holds that many bytes instead. */
export async function finish(
  transport: Transport,
  options: AppendOptions & { readonly commit: CommitInfo },
): Promise<CommitOutcome | number> {
  const { cursor, bytes, commit, hash, signal } = options;
  const argument = { cursor, commit: commitArgument(commit), ...(hash !== undefined && { content_hash: hash }) };
  const refusals = /^lookup_failed\/incorrect_offset$|^path\/conflict|^properties_error/;
  const call = {
    operation: 'finish the upload',
    route: 'files/upload_session/finish',
    argument,
    refusals,
    repeat: 'never',
    signal,
  } as const;
  const answer = await transport.upload(call, bytesBody(bytes));
  if (answer.reason?.startsWith('lookup_failed') !== true) return outcomeOf(answer);
  return answer.json(z.object({ error: z.object({ lookup_failed: offsetSchema }) })).error.lookup_failed.correct_offset;
}

interface ReadOptions extends CallSignal {
  /** A path, or an id. */
  readonly path: string;
}

/** What lies at a path or has an id; `undefined` for nothing. */
export async function readMetadata(
  transport: Transport,
  options: ReadOptions & { readonly templateIds: readonly string[] },
): Promise<Metadata | undefined> {
  const { path, templateIds, signal } = options;
  const filter = { '.tag': 'filter_some', filter_some: templateIds };
  const argument = { path, ...(templateIds.length > 0 && { include_property_groups: filter }) };
  const answer = await transport.rpc({
    operation: 'look for the copy',
    route: 'files/get_metadata',
    argument,
    refusals: /^path\/not_found$/,
    signal,
  });
  return answer.reason === undefined ? answer.json(metadataSchema) : undefined;
}

/** The bytes of a file from `offset` on. */
export async function download(
  transport: Transport,
  { path, offset, signal }: ReadOptions & { readonly offset: number },
): Promise<ReadableStream<Uint8Array>> {
  const answer = await transport.download({ operation: 'read the copy', route: 'files/download', argument: { path }, signal }, offset);
  return answer.body;
}

/** The namespaces of the account. */
export async function readAccount(transport: Transport, { signal }: CallSignal): Promise<{ readonly root: string; readonly home: string }> {
  const answer = await transport.rpc({ operation: 'look at the account', route: 'users/get_current_account', argument: null, signal });
  const namespaces = z.object({ root_namespace_id: z.string(), home_namespace_id: z.string() });
  const { root_info: info } = answer.json(z.object({ root_info: namespaces }));
  return { root: info.root_namespace_id, home: info.home_namespace_id };
}

/** Makes a link for a file. Answers with nothing when there is one already. */
export async function createLink(
  transport: Transport,
  { path, audience, signal }: ReadOptions & { readonly audience: string },
): Promise<string | undefined> {
  const argument = { path, settings: { audience: { '.tag': audience } } };
  const route = 'sharing/create_shared_link_with_settings';
  const answer = await transport.rpc({ operation: 'make a link', route, argument, refusals: /^shared_link_already_exists/, signal });
  return answer.reason === undefined ? answer.json(z.object({ url: z.string() })).url : undefined;
}

export async function findLink(transport: Transport, { path, signal }: ReadOptions): Promise<string | undefined> {
  const argument = { path, direct_only: true };
  const answer = await transport.rpc({ operation: 'look for a link', route: 'sharing/list_shared_links', argument, signal });
  return answer.json(z.object({ links: z.array(z.object({ url: z.string() })) })).links[0]?.url;
}

function commitArgument({ path, mode, groups }: CommitInfo): object {
  return {
    path,
    mode,
    autorename: false,
    mute: true,
    // With identical bytes at the path Dropbox then answers with success and writes nothing, so that a repetition does no harm.
    strict_conflict: false,
    ...(groups.length > 0 && { property_groups: groups }),
  };
}

function outcomeOf(answer: DestinationAnswer): CommitOutcome {
  if (answer.reason !== undefined) return { refusal: answer.reason };
  const answeredAt = Date.parse(answer.headers.get('date') ?? '');
  return { file: answer.json(fileSchema), answeredAt: Number.isNaN(answeredAt) ? undefined : answeredAt };
}
