import type { DocumentPath, StorageDestination } from '@spotdraft-archive/core/destination';
import {
  type DropboxEmulator,
  type DropboxEmulatorOptions,
  type FaultSweepHarness,
  type InterruptionKind,
  startDropboxEmulator,
} from '@spotdraft-archive/testkit';
import { createDropboxDestination } from '../src/dropbox.ts';
import type { DropboxOptions } from '../src/index.ts';
import { compareWithSpec } from './spec-comparison.ts';

export interface EmulatedDropbox extends FaultSweepHarness {
  readonly emulator: DropboxEmulator;
  /** Makes an adapter on the emulator. */
  connect(options?: Partial<DropboxOptions>): StorageDestination;
  cleanup(): Promise<void>;
}

interface EmulatedDropboxOptions {
  readonly emulator?: DropboxEmulatorOptions;
  readonly adapter?: Partial<DropboxOptions>;
}

const root = '/Contracts';

/** Small enough for tests that upload hundreds of documents in pieces. */
const pieceBytes = 262_144;

/** A `fetch` that takes requests for Dropbox's own hosts to the emulator: for the vendor's client, which takes no other addresses. */
export function fetchFor({ urls }: DropboxEmulator): typeof fetch {
  return (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const local = address.replace('https://api.dropboxapi.com', urls.api).replace('https://content.dropboxapi.com', urls.content);
    return fetch(local, init);
  };
}

/** An adapter on an emulator of its own, with every hook of the conformance suite. Both sides are compared with Dropbox's own description. */
export async function emulatedDropbox({ emulator: emulatorOptions, adapter }: EmulatedDropboxOptions = {}): Promise<EmulatedDropbox> {
  const spec = compareWithSpec();
  const emulator = await startDropboxEmulator({ ...emulatorOptions, onExchange: spec.onExchange });
  const { state } = emulator;
  const connect = (options: Partial<DropboxOptions> = {}) => {
    const all = { ...adapter, ...options };
    const retry = { firstDelayMs: 2, maxDelayMs: 5 };
    return createDropboxDestination(
      { auth: state.app.issueToken(), path: root, baseUrls: emulator.urls, retry, ...all },
      { pieceBytes: all.pieceBytes ?? pieceBytes },
    );
  };
  const listed = () => state.tree().nodes.filter((node) => node.path.startsWith(`${root}/`) && !node.path.includes('/.spotdraft-archive'));
  const segments = (path: string) => path.slice(root.length + 1).split('/');
  const absolute = ({ folders, name }: DocumentPath) => [root, ...folders, name].join('/');
  return {
    emulator,
    connect,
    destination: connect(),
    second: () => connect(),
    restart: (retry) => connect({ retry }),
    interrupt: (kind, nth) => emulator.faults.inject({ ...faultOf(kind), nth }),
    listPaths: async () =>
      listed()
        .filter((node) => node.kind === 'file')
        .map(({ path }) => ({ folders: segments(path).slice(0, -1), name: segments(path).at(-1) ?? '' })),
    listFolders: async () =>
      listed()
        .filter((node) => node.kind === 'folder')
        .map(({ path }) => segments(path)),
    async writeFile(path, bytes) {
      await state.writeFile(absolute(path), bytes);
      // The person did so a while ago.
      emulator.clock.advance(60_000);
    },
    moveCopy: async (id, path) => state.move(id, absolute(path)),
    removeCopy: async (id) => state.remove(id),
    expireUploads: () => state.sessions.expireAll(),
    settle: () => state.settle(),
    largeDocumentBytes: 2 * pieceBytes + 12_345,
    maxReadAheadBytes: 2 * pieceBytes,
    async cleanup() {
      await emulator.stop();
      spec.throwFindings();
    },
  };
}

function faultOf(kind: InterruptionKind) {
  if (kind === 'refused') return { kind: 'status', status: 503 } as const;
  return kind === 'cutRequest' ? ({ kind, afterBytes: 1_000 } as const) : ({ kind } as const);
}
