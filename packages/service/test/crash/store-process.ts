// The process of the emulated stores.

import { createHash } from 'node:crypto';
import { startBoxEmulator, startDropboxEmulator, startGoogleDriveEmulator } from '@spotdraft-archive/testkit';
import { processHeader } from './process-header.ts';
import type { StoredFile, StoredFiles, StoreMessage, StoreQuestion, StoreRequest, Trap } from './store-messages.ts';
import { addressesOf } from './stores.ts';

const stores = { drive: await startGoogleDriveEmulator(), dropbox: await startDropboxEmulator(), box: await startBoxEmulator() };
const faults: { readonly fired: number }[] = [];

process.on('message', ({ id, ...question }: StoreRequest) => void answer(question).then((given) => send({ id, answer: given })));
send({ addresses: addressesOf(stores) });

function send(message: StoreMessage): void {
  process.send?.(message);
}

async function answer(question: StoreQuestion): Promise<unknown> {
  if (question.ask === 'list') return listFiles();
  if (question.ask === 'trap') return setTrap(question.trap);
  if (question.ask === 'inject') return void faults.push(stores[question.store].faults.inject(question.fault));
  for (const store of Object.values(stores)) store.faults.clear();
  return faults.reduce((sum, { fired }) => sum + fired, 0);
}

/** Answers which process was caught. */
async function setTrap({ store, phase, signal, waitMs }: Trap): Promise<number | undefined> {
  return new Promise((resolve) => {
    const end = (caught: number | undefined): void => {
      clearTimeout(timer);
      remove();
      resolve(caught);
    };
    const timer = setTimeout(() => end(undefined), waitMs);
    const remove = stores[store].onRequest(({ headers }, moment) => {
      const processId = Number(headers[processHeader]);
      if (moment === phase && strike(processId, signal)) end(processId);
    });
  });
}

/** False when the process has died since it sent the request. */
function strike(processId: number, signal: Trap['signal']): boolean {
  try {
    return process.kill(processId, signal);
  } catch {
    return false;
  }
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

/** What the emulated SpotDraft puts at the end of a rendering has always this length. */
const renderingBytes = '\n% rendering 00000000\n%%EOF\n'.length;

async function fileOf(file: Pick<StoredFile, 'id' | 'name'>, stored: Bytes | undefined): Promise<StoredFile> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stored?.open() ?? []) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  return { ...file, sha256: sha256Of(bytes), unrenderedSha256: sha256Of(bytes.subarray(0, -renderingBytes)) };
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
