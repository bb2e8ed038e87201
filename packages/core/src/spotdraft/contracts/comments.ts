import { z } from 'zod';
import { SpotDraftError } from '../../errors/spotdraft-error.ts';
import { id, rowsIn, text } from '../answer-fields.ts';
import type { Requester, RequestOptions } from '../http/requester.ts';
import { type ListOptions, listPages } from '../list-pages.ts';
import { type WithRaw, withRaw } from '../with-raw.ts';
import { contractNumber } from './contract-number.ts';

/** A comment in the activity log of a contract. */
export interface Comment {
  readonly id: string;
  readonly text: string;
  readonly replies: readonly CommentReply[];
}

export interface CommentReply {
  readonly id: string;
  readonly text: string;
}

const replyFields = z.looseObject({ id, comment: text });
const fields = z.looseObject({ id, comment: text, replies: z.unknown().optional() });

/** The comments of a `T` contract, newest first. */
export async function* listComments(
  requester: Requester,
  contractId: string,
  options: ListOptions = {},
): AsyncGenerator<WithRaw<Comment>, void, undefined> {
  yield* listPages(requester, { ...options, path: pathOf(contractId), readRow: readComment, identityOf: (comment) => comment.id });
}

export interface AddCommentOptions extends RequestOptions {
  /** `!!@12!!` in it mentions the user with the id 12. */
  readonly text: string;
}

/**
 * Adds a comment to a `T` contract. Not safe to repeat: each call adds one. It is sent again only when the first certainly had no effect;
 * otherwise the error's recovery is `operator`, and the comments tell whether it is there.
 */
export async function addComment(
  requester: Requester,
  contractId: string,
  { text: comment, signal }: AddCommentOptions,
): Promise<WithRaw<Comment>> {
  const path = pathOf(contractId);
  if (comment.trim() === '') throw emptyComment();
  return requester.json({ method: 'POST', path, body: { comment }, isRepeatable: false, signal }, readComment);
}

function pathOf(contractId: string): `/${string}` {
  return `/contracts/${contractNumber(contractId)}/comments/`;
}

function readComment(raw: unknown): WithRaw<Comment> {
  const { id: commentId, comment = '', replies } = fields.parse(raw);
  return withRaw({ id: commentId, text: comment, replies: rowsIn(replies).map(readReply) }, raw);
}

function readReply(raw: unknown): WithRaw<CommentReply> {
  const { id: replyId, comment = '' } = replyFields.parse(raw);
  return withRaw({ id: replyId, text: comment }, raw);
}

function emptyComment(): SpotDraftError {
  return new SpotDraftError('A comment must not be empty.', {
    code: 'spotdraft.invalid_request',
    recovery: 'never',
    hint: 'SpotDraft refuses comments that hold nothing but space.',
  });
}
