import { createHash } from 'node:crypto';
import type { Ledger } from '@spotdraft-archive/core';
import { type FaultAction, sha256OfDocument } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ArchiveRun, durableLedger, startArchiveRun } from './archive-run.ts';

let run: ArchiveRun;
beforeEach(async () => {
  run = await startArchiveRun();
});
afterEach(() => run.cleanup());

const throttled = { error_summary: 'too_many_requests/..', error: { reason: { '.tag': 'too_many_requests' }, retry_after: 0 } };

const faults: Readonly<Record<string, FaultAction>> = {
  'is answered with 429': { kind: 'status', status: 429, body: throttled },
  'is answered with 500': { kind: 'status', status: 500 },
  'is answered with 503': { kind: 'status', status: 503 },
  'is cut in the middle of its body': { kind: 'cutRequest', afterBytes: 1_000 },
  'loses its reply': { kind: 'loseReply' },
  'loses half of its reply': { kind: 'cutResponse', afterBytes: 10 },
};

/** The large one travels in two pieces of 4 MiB. */
const sizes = { small: undefined, large: { size: 4 * 2 ** 20 + 70_000 } };

describe.each(Object.entries(sizes))('whichever request of a %s upload', (_size, document) => {
  it.each(Object.entries(faults))('%s, one file is there after one more run', async (_title, fault) => {
    const disturbed = await sweep(document, async (nth, { contractId, ledger }) => {
      const injected = run.store.emulator.faults.inject({ ...fault, nth });
      const { failures } = await run.archive(contractId, { ledger, retry: { maxTries: 1 } });
      injected.remove();
      expect(['retry', undefined]).toContain(failures.dropbox?.recovery);
      return injected.fired > 0;
    });
    expect(disturbed).toBeGreaterThan(2);
  });

  it.each(['before-effect', 'after-effect'] as const)(
    'is the last that the process makes (%s), one file is there after one more run',
    async (moment) => {
      const disturbed = await sweep(document, async (nth, { contractId, ledger }) => {
        const controller = new AbortController();
        let requests = 0;
        const removeHook = run.store.emulator.onRequest((_request, phase) => {
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
      expect(disturbed).toBeGreaterThan(2);
    },
  );
});

interface Victim {
  readonly contractId: string;
  readonly ledger: Ledger;
}

/** Archives a new contract for each request in turn: disturbed once, then once more by another process with the same ledger. Tells how many requests. */
async function sweep(
  document: { readonly size: number } | undefined,
  disturb: (nth: number, victim: Victim) => Promise<boolean>,
): Promise<number> {
  for (let nth = 1; nth < 50; nth += 1) {
    const { id } = run.source.state.addContract({ title: `Agreement ${nth}`, status: 'EXECUTED', document });
    const ledger = durableLedger();
    const wasDisturbed = await disturb(nth, { contractId: id, ledger });
    const { receipts, failures } = await run.archive(id, { ledger });
    expect(failures.dropbox).toBeUndefined();
    await expectOneCopy(id, `Agreement ${nth}`, receipts.dropbox?.id);
    expect((await ledger.list(id)).filter(({ receipt }) => receipt !== undefined)).toHaveLength(1);
    if (!wasDisturbed) return nth - 1;
  }
  throw new Error('The upload makes fifty requests.');
}

async function expectOneCopy(contractId: string, title: string, receiptId: string | undefined): Promise<void> {
  const copies = run.store.emulator.state.tree().files.filter(({ path }) => path.includes(`${title}-`));
  expect(copies.map(({ id }) => id)).toEqual([receiptId]);
  const version = run.source.state.get(contractId).versions.at(-1);
  const [copy] = copies;
  const found = await run.store.connect().stat(copy?.id ?? '');
  expect(found).toMatchObject({ key: `test/${contractId}/${version?.id}/signed-pdf`, properties: { contractId, title } });
  expect(await sha256OfCopy(copy?.id ?? '')).toBe(version && (await sha256OfDocument(await version.openPdf())));
}

async function sha256OfCopy(id: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of await run.store.connect().open(id)) hash.update(chunk);
  return hash.digest('hex');
}
