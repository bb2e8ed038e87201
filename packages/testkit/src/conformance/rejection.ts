import assert from 'node:assert/strict';
import { ArchiveError } from '@spotdraft-archive/core/destination';
import { confidentialName } from './sample-document.ts';

/** What a promise rejects with. Fails when it resolves, or when it does neither within five seconds. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<'pending'>((resolve) => {
    timer = setTimeout(resolve, 5_000, 'pending');
  });
  const settled = promise.then(
    () => 'resolved' as const,
    (error: unknown) => ({ error }),
  );
  const outcome = await Promise.race([settled, patience]);
  clearTimeout(timer);
  if (outcome === 'resolved') assert.fail('The call resolves instead of rejecting.');
  if (outcome === 'pending') assert.fail('The call neither resolves nor rejects.');
  return outcome.error;
}

/** The error of ours that a promise rejects with, after a look at what every such error must have and must not tell. */
export async function archiveErrorOf(promise: Promise<unknown>): Promise<ArchiveError> {
  const error = await rejectionOf(promise);
  assert.ok(ArchiveError.isInstance(error), `Rejects with something that is no ArchiveError: ${String(error)}`);
  assertUsefulError(error);
  return error;
}

/** Asserts that an error says what to do, and keeps names of parties to itself. */
export function assertUsefulError(error: ArchiveError): void {
  assert.match(error.code, /^(destination|integrity)\.[a-z_]+$/);
  assert.ok(['retry', 'operator', 'never'].includes(error.recovery), `"${error.recovery}" is no recovery.`);
  assert.ok(error.hint, `${error.code} has no hint.`);
  assert.ok(!printed(error).includes(confidentialName), `${error.code} tells the name of a folder, which may be a party.`);
}

/** All that a logger would show of an error, its causes included. */
export function printed(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack, cause, ...rest } = error as Error & Record<string, unknown>;
  return [name, message, stack, JSON.stringify(rest), cause === undefined ? '' : printed(cause)].join('\n');
}
