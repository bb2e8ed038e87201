import type { StorageDestination } from '@spotdraft-archive/core';
import type { DemoArguments } from './arguments.ts';
import { startBox } from './stores/box.ts';
import { startDrive } from './stores/drive.ts';
import { startDropbox } from './stores/dropbox.ts';
import { startFolder } from './stores/folder.ts';
import { startOneDrive } from './stores/onedrive.ts';
import { startSharePoint } from './stores/sharepoint.ts';
import type { StartedStore } from './stores/store.ts';

/** Every place that the demo can archive to, by the name that people give it. */
const stores: Readonly<Record<string, (given: DemoArguments) => Promise<StartedStore>>> = {
  folder: ({ directory }) => startFolder(directory),
  drive: startDrive,
  dropbox: startDropbox,
  box: startBox,
  sharepoint: startSharePoint,
  onedrive: startOneDrive,
};

export const storeNames: readonly string[] = Object.keys(stores);

/** The places that the demo archives to. */
export interface DemoDestinations {
  readonly destinations: Readonly<Record<string, StorageDestination>>;
  /** What lies in them, for a person to look at. */
  pictures(): Promise<string>;
  readonly stop: () => Promise<void>;
}

export async function startDestinations(given: DemoArguments): Promise<DemoDestinations> {
  const started: [name: string, store: StartedStore][] = [];
  for (const name of given.destinations) {
    const start = stores[name];
    if (start) started.push([name, await start(given)]);
  }
  return {
    destinations: Object.fromEntries(started.map(([name, { destination }]) => [name, destination])),
    pictures: async () => (await Promise.all(started.flatMap(([, { picture }]) => (picture ? [picture()] : [])))).join('\n'),
    stop: async () => {
      await Promise.all(started.map(([, { stop }]) => stop()));
    },
  };
}
