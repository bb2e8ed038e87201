import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { checkPdf } from './check-pdf.ts';
import { spoolDocument } from './spool/spool-document.ts';
import type { SpooledDocument } from './spool/spooled-document.ts';

function spooled(...parts: readonly (string | Uint8Array<ArrayBuffer>)[]): Promise<SpooledDocument> {
  return spoolDocument(new Blob([...parts]).stream(), { hashes: [], maxMemoryBytes: 10_000_000, directory: tmpdir() });
}

const pdf = '%PDF-1.7\n1 0 obj\n%%EOF';

it.each([
  ['nothing', ''],
  ['a line end', '\r\n'],
  ['a few spaces', ' \n'.repeat(1_000)],
  ['zeros, more than are read at once', new Uint8Array(300_000)],
])('takes a PDF that is followed by %s', async (_what, padding) => {
  await expect(checkPdf(await spooled(pdf, padding))).resolves.toBeUndefined();
});

it('takes a PDF without its end for a cut one, however it is padded', async () => {
  for (const padding of ['', new Uint8Array(300_000)])
    await expect(checkPdf(await spooled(pdf.slice(0, -5), padding))).rejects.toMatchObject({ code: 'integrity.download_incomplete' });
});

it.each([
  ['an empty body', ''],
  ['an HTML page', '<!DOCTYPE html><p>One moment</p>'],
  ['JSON', '{"detail":"later"}'],
  ['something else', 'PK\u0003\u0004'],
])('takes %s for a document that is not ready', async (name, body) => {
  await expect(checkPdf(await spooled(body))).rejects.toMatchObject({
    code: 'spotdraft.document_not_ready',
    message: `SpotDraft sent ${name} instead of a PDF.`,
  });
});
