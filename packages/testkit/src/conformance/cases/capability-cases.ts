import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { DestinationCapabilities, NamingRules } from '@spotdraft-archive/core/destination';
import type { DestinationCase } from '../destination-case.ts';

const knownAlgorithms = new Set<string>(['md5', 'sha1', 'sha256']);

/** What a destination says about itself is complete and free of contradictions. */
export const capabilityCases: readonly DestinationCase[] = [
  {
    title: 'capabilities are complete and do not contradict each other',
    async run({ destination: { capabilities, provider } }) {
      assert.match(provider, /^[a-z][a-z0-9-]*$/, 'The provider is no plain word.');
      assertConsistent(capabilities);
      assertNamingRules(capabilities.naming);
    },
  },
  {
    title: 'capabilities name a page of the store behind what they say',
    async run({ destination }) {
      const sources = Object.entries(destination.capabilities.sources);
      assert.ok(sources.length > 0, 'No source is given.');
      for (const [subject, url] of sources) assert.ok(URL.canParse(url), `The source of "${subject}" is no URL.`);
    },
  },
  {
    title: 'the hasher gives one digest for the same bytes, however they are cut',
    async run({ destination: { capabilities } }) {
      const bytes = Buffer.alloc(100_000, 'spotdraft');
      const whole = capabilities.hash.createHasher();
      whole.update(bytes);
      const digest = whole.digest();
      const pieces = capabilities.hash.createHasher();
      for (const [start, end] of [
        [0, 1],
        [1, 65_537],
        [65_537, 100_000],
      ]) {
        pieces.update(bytes.subarray(start, end));
      }
      assert.equal(pieces.digest(), digest);
      const { algorithm } = capabilities.hash;
      if (knownAlgorithms.has(algorithm)) assert.equal(digest, createHash(algorithm).update(bytes).digest('hex'));
    },
  },
];

function assertConsistent(capabilities: DestinationCapabilities): void {
  const { resumableFromBytes, maxBytes, properties } = capabilities;
  assert.ok(['immediate', 'eventual', 'path-only'].includes(capabilities.keyLookup));
  assert.ok(['by-path', 'by-id'].includes(capabilities.atomicCreate));
  assert.ok(['native', 'sidecar'].includes(capabilities.metadata));
  assert.ok(maxBytes > 0, 'maxBytes lets nothing through.');
  assert.ok(
    resumableFromBytes === false || (resumableFromBytes >= 0 && resumableFromBytes < maxBytes),
    'resumableFromBytes is out of range.',
  );
  assert.ok(properties.maxCount >= 0 && properties.maxValueBytes > 0, 'The limits of properties are out of range.');
  assert.ok(
    !(capabilities.atomicCreate === 'by-path' && capabilities.duplicatePaths),
    'A store that refuses a second file at a path cannot have duplicate paths.',
  );
}

function assertNamingRules(naming: NamingRules): void {
  assert.ok(naming.maxNameLength >= 32, 'maxNameLength leaves no room for a name and its suffix.');
  assert.ok(naming.maxPathLength >= naming.maxNameLength, 'A name of the greatest length does not fit into a path.');
  assert.ok(['utf16', 'utf8-bytes', 'code-points'].includes(naming.lengthUnit));
  const listed = [naming.reservedNames, naming.forbiddenPrefixes, naming.forbiddenFragments].flat();
  assert.ok(!listed.includes(''), 'An empty prefix or fragment forbids every name.');
}
