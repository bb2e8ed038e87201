import { md5 } from '@spotdraft-archive/core/destination';
import { describe, expect, it } from 'vitest';
import { describeDestination } from '../src/conformance/describe-destination.ts';
import { sampleDocument } from '../src/conformance/sample-document.ts';
import { memoryCapabilities } from '../src/memory-destination/memory-capabilities.ts';
import { memoryDestination } from '../src/memory-destination/memory-destination.ts';
import { memoryHarness } from './conformance/memory-harness.ts';

const caseBlind = { ...memoryCapabilities.naming, caseSensitive: false };

describeDestination('a store with everything', () => memoryHarness());

describeDestination('a store like Google Drive: pre-made ids, twins, an index that lags', () =>
  memoryHarness({ capabilities: { atomicCreate: 'by-id', duplicatePaths: true, keyLookup: 'eventual', hash: md5 } }),
);

describeDestination('a store like Box: the key is stamped afterwards, case does not matter', () =>
  memoryHarness({ stampsAfterwards: true, capabilities: { naming: caseBlind } }),
);

describeDestination('a store like OneDrive: the key is found by path only, nothing can be resumed', () =>
  memoryHarness({ capabilities: { keyLookup: 'path-only', resumableFromBytes: false } }),
);

describe('memoryDestination', () => {
  it('fails the request that a test chose, with the error it chose', async () => {
    const destination = memoryDestination();
    const error = new Error('quota');
    destination.store.faults.inject({ request: 'create', error });
    await expect(destination.put(sampleDocument(destination))).rejects.toBe(error);
    await expect(destination.put(sampleDocument(destination))).resolves.toMatchObject({ outcome: 'stored' });
    expect(destination.store.requests).toEqual(['create', 'create']);
  });

  it('reports what the store made of the bytes, not what was sent', async () => {
    const destination = memoryDestination({ alter: (bytes) => Buffer.concat([bytes, Buffer.from('enriched')]) });
    const document = sampleDocument(destination);
    const { copy } = await destination.put(document);
    expect(copy.size).toBe(document.size + 8);
    expect(copy.hash).not.toBe(document.hash);
  });

  it('tells the ids of twins', async () => {
    const destination = memoryDestination({ capabilities: { atomicCreate: 'by-id', duplicatePaths: true } });
    const document = sampleDocument(destination);
    await destination.put(document);
    const twin = await destination.put(document);
    expect(await destination.find({ key: document.key })).toMatchObject({ twins: [twin.copy.id] });
  });

  it('finds itself out of order when the store does not answer', async () => {
    const destination = memoryDestination();
    destination.store.faults.inject();
    expect(await destination.check()).toMatchObject({ ok: false });
  });
});
