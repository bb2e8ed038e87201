import { ArchiveError, type Ledger } from '@spotdraft-archive/core';
import { type FaultAction, sha256OfDocument } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ArchiveRun, durableLedger, startArchiveRun } from './archive-run.ts';

let run: ArchiveRun;
beforeEach(async () => {
  run = await startArchiveRun();
});
afterEach(() => run[Symbol.asyncDispose]());

const faults: Readonly<Record<string, FaultAction>> = {
  'is answered with 429': { kind: 'status', status: 429 },
  'is answered with 403 userRateLimitExceeded': { kind: 'status', status: 403 },
  'is answered with 500': { kind: 'status', status: 500 },
  'is answered with 503': { kind: 'status', status: 503 },
  'is cut in the middle of its body': { kind: 'cutRequest', afterBytes: 1_000 },
  'is cut in a body of which the store keeps the beginning': { kind: 'cutRequest', afterBytes: 262_144, received: 'kept' },
  'loses its reply': { kind: 'loseReply' },
  'loses half of its reply': { kind: 'cutResponse', afterBytes: 10 },
};

const sizes = { small: undefined, large: { size: 700_000 } };

describe.each(Object.entries(sizes))('whichever request of a %s upload', (_size, document) => {
  it.each(Object.entries(faults))('%s, one file is there after one more run', async (_title, fault) => {
    const requests = await sweep(document, async (nth, { contractId, ledger }) => {
      const injected = run.drive.faults.inject({ ...fault, nth });
      const { failures } = await run.archive(contractId, { ledger, retry: { maxTries: 1 } });
      injected.remove();
      expect(failures.drive?.recovery ?? 'retry').toBe('retry');
      return injected.fired > 0;
    });
    expect(requests).toBeGreaterThan(3);
  });

  it.each(['before-effect', 'after-effect'] as const)(
    'is the last that the process makes (%s), one file is there after one more run',
    async (moment) => {
      const count = await sweep(document, async (nth, { contractId, ledger }) => {
        const controller = new AbortController();
        let requests = 0;
        const removeHook = run.drive.onRequest((_request, phase) => {
          if (phase !== moment) return undefined;
          requests += 1;
          if (requests !== nth) return undefined;
          controller.abort(new Error('killed'));
          return 'cut';
        });
        await run.archive(contractId, { ledger, signal: controller.signal }).catch(() => undefined);
        removeHook();
        return requests >= nth;
      });
      expect(count).toBeGreaterThan(3);
    },
  );
});

interface Victim {
  readonly contractId: string;
  readonly ledger: Ledger;
}

/**
 * Archives a new contract for each request in turn: disturbed once, then once more by another process with the same ledger.
 * Answers how many requests there were.
 */
async function sweep(
  document: { readonly size: number } | undefined,
  disturb: (nth: number, victim: Victim) => Promise<boolean>,
): Promise<number> {
  for (let nth = 1; nth < 50; nth += 1) {
    const contractType = document === undefined ? `Type ${nth}` : 'NDA';
    const { id } = run.source.state.addContract({ title: `Agreement ${nth}`, status: 'EXECUTED', contractType, document });
    const ledger = durableLedger();
    const wasDisturbed = await disturb(nth, { contractId: id, ledger });
    const { receipts, failures } = await run.archive(id, { ledger });
    expect(failures.drive, ArchiveError.isInstance(failures.drive) ? failures.drive.message : '').toBeUndefined();
    await expectOneCopy(id, `Agreement ${nth}`, receipts.drive?.id);
    expect((await ledger.list(id)).filter(({ receipt }) => receipt !== undefined)).toHaveLength(1);
    if (!wasDisturbed) return nth - 1;
  }
  throw new Error('The upload makes fifty requests.');
}

async function expectOneCopy(contractId: string, title: string, receiptId: string | undefined): Promise<void> {
  const { state, projectId } = run.drive;
  const copies = state.files.filter(({ name }) => name.startsWith(title));
  const version = run.source.state.get(contractId).versions.at(-1);
  expect(copies.map(({ id }) => id)).toEqual([receiptId]);
  expect(copies[0]?.revisions.map(({ sha256 }) => sha256)).toEqual([version && (await sha256OfDocument(await version.openPdf()))]);
  const properties = Object.fromEntries(copies[0]?.appProperties.get(projectId) ?? []);
  expect(properties).toMatchObject({ spotdraftKey: `test/${contractId}/${version?.id}/signed-pdf`, contractId, title });
}
