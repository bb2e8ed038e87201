import { documentOf, type FixtureDocument } from '../../fixtures/fixture-document.ts';

/** The same PDF with other bytes: a comment behind its end names the rendering, as a generator's time stamps and ids would. */
export function renderAnew(document: FixtureDocument, rendering: number): FixtureDocument {
  const comment = documentOf(new TextEncoder().encode(`\n% rendering ${String(rendering).padStart(8, '0')}\n%%EOF\n`));
  return {
    size: document.size + comment.size,
    open: (offset = 0) =>
      ReadableStream.from(
        (async function* () {
          if (offset < document.size) yield* document.open(offset);
          yield* comment.open(Math.max(0, offset - document.size));
        })(),
      ),
  };
}
