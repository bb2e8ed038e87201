import assert from 'node:assert/strict';
import type { Receipt } from '@spotdraft-archive/core';
import { findStored, readBack } from '../conformance/observe-store.ts';
import { sha256OfDocument } from '../fixtures/fixture-document.ts';
import type { ArchiveSource, Victim } from './archive-run.ts';
import type { FaultSweepHarness } from './fault-sweep-harness.ts';

/** Asserts that a contract lies in the store once: one file, the right bytes and metadata, and one receipt that tells of it. */
export async function assertOneCopy(
  victim: Victim,
  { receipt, source, harness }: { readonly receipt: Receipt; readonly source: ArchiveSource; readonly harness: FaultSweepHarness },
): Promise<void> {
  const { contractId, title, ledger } = victim;
  const { destination, listPaths, assertTidy } = harness;

  const receipts = (await ledger.list(contractId)).filter((record) => record.receipt !== undefined);
  assert.equal(receipts.length, 1, 'Not exactly one receipt is there.');

  const files = ((await listPaths?.()) ?? []).filter(({ name }) => name.startsWith(`${title}-`) && name.endsWith('.pdf'));
  assert.equal(files.length, 1, `Not exactly one file is there, but ${files.length}.`);

  const version = source.emulator.state.get(contractId).versions.at(-1);
  assert.ok(version);
  const pdf = await version.openPdf();
  assert.equal(receipt.key, `sweep/${contractId}/${version.id}/signed-pdf`);
  assert.deepEqual(
    await readBack(destination, receipt.id),
    { size: pdf.size, sha256: await sha256OfDocument(pdf) },
    'The bytes are others.',
  );

  const { folders, name } = files[0] ?? { folders: [], name: '' };
  const copy = await findStored(harness, { key: receipt.key, path: { folders: [...folders], name } });
  assert.equal(copy.id, receipt.id, 'Another file carries the key.');
  assert.deepEqual(copy.twins ?? [], [], 'There are twins.');
  assert.equal(copy.properties?.contractId, contractId, 'The metadata is not there.');
  assert.equal(copy.properties?.title, title, 'The metadata is not there.');
  await assertTidy?.();
}
