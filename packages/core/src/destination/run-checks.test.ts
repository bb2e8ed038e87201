import { describe, expect, it } from 'vitest';
import { failureOf } from '../../test/destination-http/failure.ts';
import { DestinationError } from '../errors/destination-error.ts';
import { type CheckStep, runChecks } from './run-checks.ts';

const fine: CheckStep = { subject: 'token', look: async () => 'The token is good.', hint: 'Get another.' };

function failing(reason: Error): CheckStep {
  return { subject: 'folder', look: () => Promise.reject(reason), hint: 'Make the folder.' };
}

describe('runChecks', () => {
  it('reports everything that is in order', async () => {
    const report = await runChecks([fine, { ...fine, subject: 'folder' }]);
    expect(report).toEqual({
      ok: true,
      findings: [
        { subject: 'token', ok: true, message: 'The token is good.' },
        { subject: 'folder', ok: true, message: 'The token is good.' },
      ],
    });
  });

  it('stops at the first thing that is not, with the hint of the error', async () => {
    const error = new DestinationError('no right', { code: 'destination.forbidden', recovery: 'operator', hint: 'Invite the app.' });
    const report = await runChecks([fine, failing(error), fine]);
    expect(report.ok).toBe(false);
    expect(report.findings.slice(1)).toEqual([{ subject: 'folder', ok: false, message: 'no right', hint: 'Invite the app.' }]);
  });

  it('keeps the text of a foreign error to itself', async () => {
    const report = await runChecks([failing(new Error('Acme Corp'))]);
    expect(report.findings).toEqual([{ subject: 'folder', ok: false, message: 'The check itself failed.', hint: 'Make the folder.' }]);
  });

  it('rejects with the reason of an abort', async () => {
    const controller = new AbortController();
    const step = {
      ...fine,
      look: async () => {
        controller.abort(new Error('stop'));
        throw new Error('aborted');
      },
    };
    expect(await failureOf(runChecks([step], { signal: controller.signal }))).toBe(controller.signal.reason);
  });
});
