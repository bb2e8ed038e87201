import { expect, it } from 'vitest';
import { archiveErrorOf } from '../../../test/destination-http/failure.ts';
import { DestinationError, type DestinationErrorCode } from '../../errors/destination-error.ts';
import { resumeOrBegin } from './resume-or-begin.ts';

const begin = async () => 'new';

async function describe(session: string, { isResumed }: { readonly isResumed: boolean }): Promise<string> {
  return `${session} ${isResumed}`;
}

function failing(code: DestinationErrorCode, sessions: string[]) {
  return async (session: string): Promise<string> => {
    if (sessions.includes(session)) throw new DestinationError('gone', { code, recovery: 'retry' });
    return session;
  };
}

it('goes on with the earlier session', async () => {
  expect(await resumeOrBegin({ earlier: 'old', begin, upload: describe })).toBe('old true');
  expect(await resumeOrBegin({ earlier: undefined, begin, upload: describe })).toBe('new false');
});

it('begins anew when the earlier session is gone', async () => {
  expect(await resumeOrBegin({ earlier: 'old', begin, upload: failing('destination.upload_expired', ['old']) })).toBe('new');
});

it.each([
  ['another failure of the earlier session', 'destination.unavailable', ['old']],
  ['a new session that is gone too', 'destination.upload_expired', ['old', 'new']],
] as const)('passes on %s', async (_what, code, sessions) => {
  const error = await archiveErrorOf(resumeOrBegin({ earlier: 'old', begin, upload: failing(code, [...sessions]) }));
  expect(error.code).toBe(code);
});
