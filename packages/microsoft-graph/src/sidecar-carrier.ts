import { ArchiveError, bytesBody, DestinationError, type RequestBody } from '@spotdraft-archive/core/destination';
import { z } from 'zod';
import type { Call, ConflictBehavior, DriveApi } from './api.ts';
import { type DriveItem, pathOf } from './drive-item.ts';
import { addressOfPath, type DriveRoot } from './drive-root.ts';
import type { MetadataCarrier } from './metadata-carrier.ts';

/** Added to the name of a document. */
export const sidecarEnding = '.json';
const maxSidecarBytes = 1_048_576;

const sidecarSchema = z.object({
  /** The file it belongs to. A sidecar that outlived its document says nothing about the next one at the path. */
  itemId: z.string(),
  key: z.string(),
  properties: z.record(z.string(), z.string()),
});

type Sidecar = z.output<typeof sidecarSchema>;

/** Keeps key and properties in a JSON file beside the document: `Agreement.pdf.json`. For drives without columns. */
export function sidecarCarrier(api: DriveApi, provider: string): MetadataCarrier {
  return {
    expand: undefined,
    prepare: async () => undefined,
    async read(item, root, call) {
      const address = sidecarAddress(item, root);
      const sidecar = address === undefined ? undefined : await readSidecar(api, address, call);
      return sidecar?.itemId === item.id ? { key: sidecar.key, properties: sidecar.properties } : {};
    },
    async write(item, { key, properties, path }, { root, signal }) {
      const address = sidecarAddress(item, root) ?? addressOfPath(root, [...path.folders, path.name + sidecarEnding]);
      const body = sidecarBody({ key, itemId: item.id, properties });
      const isNew = await writeSidecar(api, address, { body, conflictBehavior: 'fail', signal });
      if (!isNew) {
        // One of an earlier file at this path is no longer true, and of this file it may be outdated. Anything else is not ours to write over.
        if ((await readSidecar(api, address, { signal })) === undefined) throw foreignSidecar(provider);
        await writeSidecar(api, address, { body, conflictBehavior: 'replace', signal });
      }
      return { key, properties };
    },
  };
}

function sidecarAddress(item: DriveItem, root: DriveRoot): string | undefined {
  const start = { ...root, folders: [] };
  const path = pathOf(item, start);
  return path && addressOfPath(start, [...path.folders, path.name + sidecarEnding]);
}

function sidecarBody(sidecar: Sidecar): RequestBody {
  return bytesBody(new TextEncoder().encode(`${JSON.stringify(sidecar, undefined, 2)}\n`), 'application/json');
}

interface SidecarWrite extends Call {
  readonly body: RequestBody;
  readonly conflictBehavior: ConflictBehavior;
}

/** False when something lies there. */
async function writeSidecar({ requester, urlOf }: DriveApi, address: string, write: SidecarWrite): Promise<boolean> {
  const { body, conflictBehavior, signal } = write;
  const answer = await requester.request({
    operation: 'write the metadata beside the document',
    method: 'PUT',
    url: urlOf(`${address}/content`),
    query: { '@microsoft.graph.conflictBehavior': conflictBehavior },
    body,
    expect: [200, 201, { status: 409, reason: 'nameAlreadyExists' }],
    repeat: 'safe',
    signal,
  });
  return answer.status !== 409;
}

/** `undefined` when there is none, or another kind of file. */
async function readSidecar(api: DriveApi, address: string, { signal }: Call): Promise<Sidecar | undefined> {
  try {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of await api.content(address, { offset: 0, signal })) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > maxSidecarBytes) return undefined;
    }
    return sidecarSchema.safeParse(parseJson(text)).data;
  } catch (error) {
    if (ArchiveError.isInstance(error) && error.code === 'destination.not_found') return undefined;
    throw error;
  }
}

/** Anybody may have put another file there; then it is no sidecar of ours. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function foreignSidecar(provider: string): DestinationError {
  return new DestinationError(`${provider}: a foreign file lies where the metadata of a copy belongs.`, {
    code: 'destination.forbidden',
    recovery: 'operator',
    hint: `Move the file away that has the document's name with "${sidecarEnding}" added.`,
  });
}
