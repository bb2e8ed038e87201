import { createHash } from 'node:crypto';
import { ArchiveError, bytesBody } from '@spotdraft-archive/core/destination';
import { z } from 'zod';
import { download, uploadFile } from './api.ts';
import { metadataFolder } from './capabilities.ts';
import { contentHashOf } from './content-hash.ts';
import type { KeyCarrier, Stamp } from './key-carrier.ts';
import type { CallSignal, Transport } from './transport.ts';
import type { FileMetadata } from './wire-types.ts';

const stampSchema: z.ZodType<Stamp> = z.object({
  key: z.string(),
  properties: z.record(z.string(), z.string()),
  writtenBy: z.string(),
});

/**
 * Keeps each stamp in a small JSON file, named after the id of its copy so that it is still found when the copy was moved.
 *
 * For apps that see a folder of their own only: Dropbox gives them no properties.
 */
export function sidecarCarrier(transport: Transport, { root }: { readonly root: readonly string[] }): KeyCarrier {
  // Ids tell capital from small letters, paths do not.
  const pathFor = ({ id }: FileMetadata) =>
    `/${[...root, metadataFolder, `${createHash('sha256').update(id).digest('hex')}.json`].join('/')}`;

  async function write(
    file: FileMetadata,
    stamp: Stamp,
    { mode, signal }: CallSignal & { readonly mode: 'add' | 'overwrite' },
  ): Promise<boolean> {
    const bytes = new TextEncoder().encode(JSON.stringify(stamp));
    const commit = { path: pathFor(file), mode, groups: [] };
    const outcome = await uploadFile(transport, { body: bytesBody(bytes), commit, hash: contentHashOf(bytes), signal });
    return 'file' in outcome;
  }

  return {
    groupsFor: async () => [],
    templateIds: async () => [],
    add: (file, stamp, { signal }) => write(file, stamp, { mode: 'add', signal }),
    async overwrite(file, stamp, { signal }) {
      await write(file, stamp, { mode: 'overwrite', signal });
    },
    async read(file, { signal }) {
      try {
        const text = await new Response(await download(transport, { path: pathFor(file), offset: 0, signal })).text();
        return stampSchema.parse(JSON.parse(text));
      } catch (error) {
        if (ArchiveError.isInstance(error) && error.code === 'destination.not_found') return undefined;
        throw error;
      }
    },
    search: async () => undefined,
    prepare: async () => `Keys and metadata are kept in files below "${metadataFolder}".`,
  };
}
