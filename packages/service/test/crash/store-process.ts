// The process of the emulated stores.

import { createHash } from 'node:crypto';
import { startBoxEmulator, startDropboxEmulator, startGoogleDriveEmulator } from '@spotdraft-archive/testkit';
import type { StoreAnswer, StoredFile, StoredFiles, StoreRequest } from './store-messages.ts';
import { addressesOf } from './stores.ts';

const stores = { drive: await startGoogleDriveEmulator(), dropbox: await startDropboxEmulator(), box: await startBoxEmulator() };
const faults: { readonly fired: number }[] = [];

process.on('message', (request: StoreRequest) => void answer(request).then(send));
send({ addresses: addressesOf(stores) });

function send(message: StoreAnswer): void {
  process.send?.(message);
}

async function answer(request: StoreRequest): Promise<StoreAnswer> {
  if (request.ask === 'list') return { files: await listFiles() };
  if (request.ask === 'inject') {
    faults.push(stores[request.store].faults.inject(request.fault));
    return { injected: true };
  }
  for (const store of Object.values(stores)) store.faults.clear();
  return { fired: faults.reduce((sum, { fired }) => sum + fired, 0) };
}

interface Bytes {
  open(): AsyncIterable<Uint8Array>;
}

async function listFiles(): Promise<StoredFiles> {
  const { drive, dropbox, box } = stores;
  const inDrive = drive.state.files.filter(({ isTrashed }) => !isTrashed);
  const inDropbox = dropbox.state.tree().files.filter(({ path }) => path.endsWith('.pdf'));
  const inBox = [...box.state.files.values()].filter(({ isTrashed }) => !isTrashed);
  return {
    drive: await Promise.all(inDrive.map(({ id, name, revisions }) => fileOf({ id, name }, revisions.at(-1)?.bytes))),
    dropbox: await Promise.all(inDropbox.map(({ id, path, bytes }) => fileOf({ id, name: path }, bytes))),
    box: await Promise.all(inBox.map(({ id, name, content }) => fileOf({ id, name }, content))),
  };
}

async function fileOf(file: Omit<StoredFile, 'sha256'>, bytes: Bytes | undefined): Promise<StoredFile> {
  const hash = createHash('sha256');
  for await (const chunk of bytes?.open() ?? []) hash.update(chunk);
  return { ...file, sha256: hash.digest('hex') };
}
