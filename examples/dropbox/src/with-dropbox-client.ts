import { type ArchiveResult, archiveContract, type SpotDraftClient } from '@spotdraft-archive/core';
import { type DropboxOptions, dropbox } from '@spotdraft-archive/dropbox';
import type { Dropbox } from 'dropbox';

export interface DropboxClientExample {
  readonly spotdraft: SpotDraftClient;
  /** The client that your back end has already. */
  readonly client: Dropbox;
  /** Leave it out; tests lead it to the emulator. */
  readonly baseUrls?: DropboxOptions['baseUrls'];
}

/** Archives one contract as the Dropbox client that a back end uses anyway. Uploads do not go through that client: it only gives the tokens. */
export async function archiveWithDropboxClient(contractId: string, example: DropboxClientExample): Promise<ArchiveResult> {
  const { spotdraft, client, baseUrls } = example;
  return archiveContract(contractId, { spotdraft, destinations: { dropbox: dropbox({ auth: client, path: '/Contracts', baseUrls }) } });
}
