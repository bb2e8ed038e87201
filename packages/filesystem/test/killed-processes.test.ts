import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BundledProgram, bundleProgram } from '../../../scripts/bundle-program.ts';
import { type ChildReport, type RepeatedDocument, repeatedDocument, runChild } from './child-task.ts';
import { type TemporaryArchive, temporaryArchive } from './temporary-archive.ts';

const document: RepeatedDocument = { key: 'us/T-1/1/signed-pdf', name: 'Agreement.pdf', size: 150_000 };
/** Calls that change nothing on the disk: dying before one of them is dying after the one before it. */
const harmless = new Set(['realPath', 'readText', 'state', 'list', 'read', 'sync', 'close', 'freeBytes']);

let program: BundledProgram;
beforeAll(async () => {
  program = await bundleProgram(fileURLToPath(new URL('put-in-child.ts', import.meta.url)));
});
afterAll(() => program.remove());

let archive: TemporaryArchive;
beforeEach(async () => {
  archive = await temporaryArchive();
});
afterEach(() => archive.cleanup());

describe.each([true, false])('with hard links: %s', (hasLinks) => {
  it('whatever step of a put a process dies at, the next attempt leaves one whole copy and nothing else', { timeout: 60_000 }, async () => {
    const calls = (await callsOfOnePut(hasLinks)).map((call, index) => ({ call, number: index + 1 }));
    const firstLink = calls.find(({ call }) => call === 'link' || call === 'rename')?.number ?? 0;
    // Up to the first link both ways are the same.
    const firstStep = hasLinks ? 1 : firstLink;
    const steps = calls.filter(({ call, number }) => number >= firstStep && !harmless.has(call)).map(({ number }) => number);
    expect(steps.length).toBeGreaterThan(10);
    // Two at a time: most of the time goes into starting processes.
    const halves = [steps.filter((_step, index) => index % 2 === 0), steps.filter((_step, index) => index % 2 === 1)];
    await Promise.all(
      halves.map(async (half) => {
        for (const dieBefore of half) await dieAndRepeat(dieBefore, hasLinks);
      }),
    );
  });
});

it('several processes that archive the same contracts at once leave one copy of each', async () => {
  const documents = Array.from({ length: 15 }, (_, index) => ({ key: `us/T-${index}/1/signed-pdf`, name: `${index}.pdf`, size: 100_000 }));
  const task = { directory: archive.directory, documents, hasLinks: true };
  const reports = await Promise.all([runChild(program.file, task), runChild(program.file, task), runChild(program.file, task)]);
  const outcomes = reports.flatMap((report) => report?.outcomes ?? []);
  expect(outcomes).toHaveLength(45);
  expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(15);
  expect(await archive.listEverything()).toHaveLength(15);
});

it('memory does not grow with the document', { timeout: 30_000 }, async () => {
  const [small, large] = [await peakMemory(20), await peakMemory(200)];
  expect(large - small).toBeLessThan(30 * 2 ** 20);
});

async function callsOfOnePut(hasLinks: boolean): Promise<ChildReport['calls']> {
  const scratch = await temporaryArchive();
  const report = await runChild(program.file, { directory: scratch.directory, documents: [document], hasLinks });
  await scratch.cleanup();
  return report?.calls ?? [];
}

async function dieAndRepeat(dieBefore: number, hasLinks: boolean): Promise<void> {
  const own = await temporaryArchive();
  try {
    const report = await runChild(program.file, { directory: own.directory, documents: [document], dieBefore, hasLinks });
    expect(report, `The process did not die before call ${dieBefore}.`).toBeUndefined();
    const { copy } = await own.destination.put(repeatedDocument(document));
    expect(await own.listEverything(), `After a death before call ${dieBefore}`).toEqual(['Sales/Acme/Agreement.pdf']);
    const { sha256, size } = repeatedDocument(document);
    expect(await own.destination.find({ key: document.key })).toMatchObject({ id: copy.id, hash: sha256, size });
  } finally {
    await own.cleanup();
  }
}

async function peakMemory(megabytes: number): Promise<number> {
  const documents = [{ key: `us/T-${megabytes}/1/signed-pdf`, name: `${megabytes}.pdf`, size: megabytes * 1_000_000 }];
  const report = await runChild(program.file, { directory: archive.directory, documents, hasLinks: true });
  return report?.peakMemoryBytes ?? Number.NaN;
}
