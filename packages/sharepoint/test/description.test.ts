import { sampleDocument } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { graphDescription } from './graph-description.ts';
import { libraryHarness, libraryOn } from './library-harness.ts';

const description = graphDescription();

/** Which type goes to and comes from an address. Paths and sessions are not in the description, their types are. */
const types: readonly (readonly [RegExp, string])[] = [
  [/\/createUploadSession$/, 'uploadSession'],
  [/\/list\/columns$/, 'columnDefinition'],
  [/\/list\/items$/, 'listItem'],
  [/\/listItem\/fields$/, 'fieldValueSet'],
  [/\/retentionLabel$/, 'itemRetentionLabel'],
  [/\/sites\/[^/]+\/drives$/, 'drive'],
  [/\/sites\/[^/]+:/, 'site'],
  [/\/drives\//, 'driveItem'],
];

it.skipIf(description === undefined)(
  'speaks in the types that Microsoft describes, both ways (skipped without ../shared/reference)',
  async () => {
    const { emulator, cleanup } = await libraryHarness();
    let compared = 0;
    const compare = (type: string, text: string) => {
      const body = JSON.parse(text) as { value?: readonly unknown[]; error?: unknown };
      if (body.error !== undefined) return;
      for (const value of body.value ?? [body]) description?.compare(type, value);
      compared += 1;
    };
    const watchingFetch: typeof fetch = async (input, init) => {
      const { pathname, origin } = new URL(input instanceof Request ? input.url : input);
      const response = await fetch(input, init);
      const type = origin === new URL(emulator.urls.uploads).origin ? undefined : types.find(([pattern]) => pattern.test(pathname))?.[1];
      const isJson = (headers: Headers) => headers.get('content-type')?.includes('json') === true;
      if (type !== undefined && type !== 'uploadSession' && isJson(new Headers(init?.headers))) {
        compare(type, new TextDecoder().decode(init?.body as Uint8Array));
      }
      if (type !== undefined && isJson(response.headers)) compare(type, await response.clone().text());
      return response;
    };

    const destination = libraryOn(emulator, { fetch: watchingFetch, retentionLabel: 'Contracts', lockRecords: true });
    await destination.check();
    for (const size of [3_000, 700_000]) {
      const document = sampleDocument(destination, { size });
      const { copy } = await destination.put(document);
      await destination.put(document);
      await destination.find({ key: document.key });
      await destination.stat(copy.id);
    }
    expect([...(description?.differences ?? [])]).toEqual([]);
    expect(compared).toBeGreaterThan(60);
    await cleanup?.();
  },
);
