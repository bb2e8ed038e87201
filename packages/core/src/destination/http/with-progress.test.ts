import { expect, it } from 'vitest';
import { withProgress } from './with-progress.ts';

const document = { size: 6, mediaType: 'application/pdf', open: () => ReadableStream.from([new Uint8Array(2), new Uint8Array(4)]) };

it('tells what has gone out, once, also when the document is opened again', async () => {
  const reports: number[] = [];
  const watched = withProgress(document, ({ bytes }) => reports.push(bytes));
  const broken = watched.open().getReader();
  await broken.read();
  await broken.read();
  await broken.cancel();
  expect(reports).toEqual([2]);
  for await (const chunk of watched.open()) expect(chunk.byteLength).toBeGreaterThan(0);
  expect(reports).toEqual([2, 6]);
  expect(watched).toMatchObject({ size: 6, mediaType: 'application/pdf' });
});

it('leaves a document alone that nobody watches', () => {
  expect(withProgress(document, undefined)).toBe(document);
});
