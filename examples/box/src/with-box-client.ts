import { box } from '@spotdraft-archive/box';
import { type ArchiveResult, archiveContract, type SpotDraftClient } from '@spotdraft-archive/core';
import type { BoxClient } from 'box-node-sdk';

export interface BoxClientExample {
  readonly spotdraft: SpotDraftClient;
  /** The client that your back end has already, whatever it signed in with. */
  readonly client: BoxClient;
  readonly folderId: string;
  /** Leave them out; tests lead them to the emulator. */
  readonly baseUrl?: string | undefined;
  readonly uploadUrl?: string | undefined;
}

/** Archives one contract as the Box client that a back end uses anyway. Uploads do not go through that client: it only gives the tokens. */
export async function archiveWithBoxClient(contractId: string, example: BoxClientExample): Promise<ArchiveResult> {
  const { spotdraft, client, folderId, baseUrl, uploadUrl } = example;
  return archiveContract(contractId, { spotdraft, destinations: { box: box({ auth: client, folderId, baseUrl, uploadUrl }) } });
}
