import assert from 'node:assert/strict';
import type { StorageDestination } from '@spotdraft-archive/core/destination';
import type { DestinationHarness, FolderPath, InterruptionKind } from '../conformance/destination-harness.ts';
import { type RecordedRequest, StoredBytes } from '../emulator/index.ts';
import type { FaultSweepHarness } from '../fault-sweep/fault-sweep-harness.ts';
import { contentOf } from './api/receive-content.ts';
import type { MicrosoftGraphEmulator } from './start-microsoft-graph-emulator.ts';
import type { EmulatedDrive } from './state/emulated-drive.ts';
import type { GraphItem } from './state/graph-item.ts';

export interface MicrosoftGraphHarnessOptions {
  readonly emulator: MicrosoftGraphEmulator;
  readonly drive: EmulatedDrive;
  /** Folders from the drive's root to the destination. */
  readonly folders: readonly string[];
  /** Makes a destination that shares nothing with the others. */
  readonly create: () => StorageDestination;
  /** Added to the name of a document where its metadata lies beside it: a person who moves one moves both. */
  readonly sidecarEnding?: string | undefined;
}

/** What the conformance suite and the fault sweep need, for any destination on the emulated Graph. */
export function microsoftGraphHarness({
  emulator,
  drive,
  folders,
  create,
  sidecarEnding,
}: MicrosoftGraphHarnessOptions): DestinationHarness & Pick<FaultSweepHarness, 'assertTidy'> {
  const below = (item: GraphItem) => drive.pathOf(item).slice(folders.length);
  const isBelow = (item: GraphItem) => {
    const path = drive.pathOf(item);
    return path.length > folders.length && folders.every((folder, index) => path[index] === folder);
  };
  const list = (wantsFiles: boolean): FolderPath[] =>
    drive.items.filter((item) => isBelow(item) && (item.content !== undefined) === wantsFiles).map(below);

  return {
    destination: create(),
    second: create,
    interrupt: (kind, nth) => emulator.faults.inject({ ...faultFor(kind, drive), nth }),
    listPaths: async () => list(true).map((path) => ({ folders: path.slice(0, -1), name: path.at(-1) ?? '' })),
    listFolders: async () => list(false),
    async writeFile(path, bytes) {
      const stored = new StoredBytes();
      await stored.append(new Uint8Array(bytes));
      drive.createFile({ parent: folderAt(drive, [...folders, ...path.folders]), name: path.name }, await contentOf(stored, path.name));
    },
    async moveCopy(id, path) {
      const item = drive.find(id);
      if (item === undefined) throw new Error('The copy is not there.');
      const sidecar = sidecarEnding === undefined ? undefined : beside(drive, item, sidecarEnding);
      move(item, path.name);
      if (sidecar) move(sidecar, path.name + sidecarEnding);

      function move(moved: GraphItem, name: string): void {
        drive.move(moved, { parent: folderAt(drive, [...folders, ...path.folders]), name });
      }
    },
    async removeCopy(id) {
      const item = drive.find(id);
      if (item) drive.remove(item);
    },
    assertTidy: () => assertNoSessionLeft(emulator),
    expireUploads: () => emulator.expireUploads(),
    // The smallest piece three times, the last one in part.
    largeDocumentBytes: 2 * 327_680 + 12_345,
    async cleanup() {
      await emulator.stop();
      assert.deepEqual(emulator.violations, [], 'A request or an answer is not as Microsoft describes it.');
    },
  };
}

/** No session may be open but those whose address was lost on its way: nobody can end them. */
function assertNoSessionLeft({ state, requests }: MicrosoftGraphEmulator): void {
  const opened = requests.list({ method: 'POST', path: /\/createUploadSession$/ });
  const lost = opened.filter(({ status, outcome }) => status === 200 && outcome !== 'answered');
  assert.equal(state.sessions.open.length, lost.length, 'A session is open whose address was known.');
}

function folderAt(drive: EmulatedDrive, folders: readonly string[]): GraphItem {
  return folders.reduce((parent, name) => drive.child(parent, name) ?? drive.createFolder({ parent, name }), drive.root);
}

function beside(drive: EmulatedDrive, item: GraphItem, ending: string): GraphItem | undefined {
  const parent = drive.find(item.parentId ?? '');
  return parent && drive.child(parent, item.name + ending);
}

/**
 * A lost answer to `createUploadSession` is left out: on drives of a tenant it reserves the name until the session expires, and the
 * document gets another one. A test of its own shows it.
 */
function faultFor(kind: InterruptionKind, { driveType }: EmulatedDrive) {
  switch (kind) {
    case 'refused':
      return { kind: 'status', status: 503 } as const;
    case 'cutRequest':
      return { kind: 'cutRequest' } as const;
    case 'loseReply':
      return {
        kind: 'loseReply',
        where: ({ path }: RecordedRequest) => driveType === 'personal' || !path.endsWith('/createUploadSession'),
      } as const;
  }
}
