import type { Requirement } from './conformance-case.ts';
import type { DestinationHarness } from './destination-harness.ts';

type Hook = 'second' | 'interrupt' | 'listPaths' | 'listFolders' | 'writeFile' | 'moveCopy' | 'removeCopy' | 'expireUploads';

/** The harness has a hook. */
export function hook(name: Hook): Requirement<DestinationHarness> {
  return { reason: `the harness has no "${name}"`, isMet: (harness) => harness[name] !== undefined };
}

/** Two files cannot lie at one path. */
export const uniquePaths: Requirement<DestinationHarness> = {
  reason: 'the store lets two files lie at one path',
  isMet: ({ destination }) => !destination.capabilities.duplicatePaths,
};

/** Two files can lie at one path. */
export const duplicatePaths: Requirement<DestinationHarness> = {
  reason: 'the store refuses a second file at a path',
  isMet: ({ destination }) => destination.capabilities.duplicatePaths,
};

/** The store itself refuses a second file at a path. */
export const createsByPath: Requirement<DestinationHarness> = {
  reason: 'the store refuses only a second use of a pre-made id',
  isMet: ({ destination }) => destination.capabilities.atomicCreate === 'by-path',
};

/** A file's id is known before the file exists. */
export const createsById: Requirement<DestinationHarness> = {
  reason: 'the store has no pre-made ids',
  isMet: ({ destination }) => destination.capabilities.atomicCreate === 'by-id',
};

/** A key can be searched without knowing the path. */
export const searchableKeys: Requirement<DestinationHarness> = {
  reason: 'the key cannot be searched without the path',
  isMet: ({ destination }) => destination.capabilities.keyLookup !== 'path-only',
};

/** A key cannot be searched without knowing the path. */
export const keysByPathOnly: Requirement<DestinationHarness> = {
  reason: 'the key can be searched without the path',
  isMet: ({ destination }) => destination.capabilities.keyLookup === 'path-only',
};

/** Large uploads go in pieces and can be resumed. */
export const resumableUploads: Requirement<DestinationHarness> = {
  reason: 'no upload can be resumed',
  isMet: ({ destination }) => destination.capabilities.resumableFromBytes !== false,
};

/** Uploads below and above the limit from which they go in pieces are small enough for a test. */
export const smallResumeLimit: Requirement<DestinationHarness> = {
  reason: 'uploads go in pieces only when they are larger than 64 MiB',
  isMet: ({ destination }) => Number(destination.capabilities.resumableFromBytes) <= 64 * 2 ** 20,
};

/** Something is saved before a side effect: a session, or an id. */
export const savesCheckpoints: Requirement<DestinationHarness> = {
  reason: 'the destination has nothing to save before a side effect',
  isMet: (harness) => createsById.isMet(harness) || resumableUploads.isMet(harness),
};
