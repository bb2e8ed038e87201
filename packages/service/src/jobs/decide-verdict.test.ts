import { describe, expect, it } from 'vitest';
import type { ClaimedJob } from './claimed-job.ts';
import { decideVerdict } from './decide-verdict.ts';
import type { JobFailures } from './job-failure.ts';

const job: ClaimedJob = {
  subject: 'T-7',
  contractNumber: 7,
  contractId: 'T-7',
  task: 'archive',
  attempts: 2,
  leaseToken: 'token',
  failures: undefined,
  hint: undefined,
};
const again = { code: 'destination.unavailable', message: 'Down.', recovery: 'retry' } as const;
const person = { code: 'destination.unauthorized', message: 'Revoked.', recovery: 'operator' } as const;
const personForOne = { code: 'integrity.copy_altered', message: 'Altered.', recovery: 'operator' } as const;
const never = { code: 'destination.too_large', message: 'Too large.', recovery: 'never' } as const;

function verdictOf(failures: JobFailures, { parked = [] as string[], attempts = 2 } = {}) {
  const retry = { attempts: 5, firstDelayMs: 1_000, maxDelayMs: 60_000 };
  return decideVerdict({ ...job, attempts }, { failures, parked: new Set(parked), retry, now: 100 });
}

describe('the verdict on a job', () => {
  it.each<[string, JobFailures, string[], string]>([
    ['done when nothing failed', {}, [], 'done'],
    ['again while anything may succeed', { box: again, drive: never }, [], 'waiting'],
    ['parked when all that is left waits for a person', { box: person, drive: never }, ['box'], 'parked'],
    ['parked when what could be repeated is parked', { box: again }, ['box'], 'parked'],
    ['dead when nothing more can be done', { box: never }, [], 'dead'],
    ['dead when a person is needed for this contract alone', { box: personForOne }, [], 'dead'],
  ])('is %s', (_title, failures, parked, state) => {
    expect(verdictOf(failures, { parked }).state).toBe(state);
  });

  it('is dead after the last attempt, and parked when a destination waits for a person then', () => {
    expect(verdictOf({ box: again }, { attempts: 5 }).state).toBe('dead');
    expect(verdictOf({ box: again, drive: person }, { attempts: 5, parked: ['drive'] }).state).toBe('parked');
  });

  it('takes no attempt away when SpotDraft itself is parked', () => {
    const failures = { '': { code: 'spotdraft.unauthorized', message: 'Revoked.', recovery: 'operator' } } as const;
    expect(verdictOf(failures, { parked: [''] })).toMatchObject({ state: 'waiting', attempts: 1, dueAt: 100 });
  });

  it('waits as long as the store asked for', () => {
    expect(verdictOf({ box: { ...again, retryAfterMs: 90_000 } }).dueAt).toBe(90_100);
  });
});
