import type { StorageDestination } from '@spotdraft-archive/core/destination';
import { findArchive, openArchive } from './archive.ts';
import { capabilities } from './capabilities.ts';
import { checkDirectory } from './check.ts';
import { notFound, translated } from './errors.ts';
import type { FileSystem } from './file-system.ts';
import { copyOf, locateId, locateKey } from './lookup.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { type FilesystemOptions, type FilesystemSettings, parseOptions } from './options.ts';
import { streamFile } from './read-file.ts';
import { putDocument } from './upload.ts';

/**
 * A local or mounted folder as a destination. Needs no account.
 *
 * Any number of processes, on any number of machines, may archive to the same directory at once. Throws `ConfigurationError` when an option
 * is missing or wrong; the disk is first touched by the first call.
 *
 * @example
 * const folder = filesystem({ directory: '/srv/contracts' });
 */
export function filesystem(options: FilesystemOptions): StorageDestination {
  return filesystemOn(nodeFileSystem, parseOptions(options));
}

/** The same on any file system: for tests that let each of its calls fail. */
export function filesystemOn(fileSystem: FileSystem, settings: FilesystemSettings): StorageDestination {
  return {
    provider: 'filesystem',
    capabilities,

    check: ({ signal } = {}) => translated(signal, () => checkDirectory(settings, fileSystem)),

    put: (document, options = {}) =>
      translated(options.signal, async () => putDocument(document, options, await openArchive(settings, fileSystem))),

    find: ({ key }, options = {}) =>
      translated(options.signal, async () => {
        const archive = await findArchive(settings, fileSystem);
        const located = archive && (await locateKey(key, archive, options));
        return located && copyOf(located);
      }),

    stat: (id, options = {}) =>
      translated(options.signal, async () => {
        const archive = await findArchive(settings, fileSystem);
        const located = archive && (await locateId(id, archive, options));
        return located && copyOf(located);
      }),

    open: (id, options = {}) =>
      translated(options.signal, async () => {
        const archive = await findArchive(settings, fileSystem);
        const located = archive && (await locateId(id, archive, options));
        if (!located) throw notFound(id);
        return streamFile(await fileSystem.open(located.file.location, 'read'), options);
      }),
  };
}
