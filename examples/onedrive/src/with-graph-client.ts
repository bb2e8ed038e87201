import type { Client } from '@microsoft/microsoft-graph-client';
import { type ArchiveResult, archiveContract, type SpotDraftClient } from '@spotdraft-archive/core';
import { type GraphEndpoints, oneDrive } from '@spotdraft-archive/onedrive';

export interface GraphClientExample {
  readonly spotdraft: SpotDraftClient;
  /** The client that your back end has already. It only gives the tokens; uploads do not go through it. */
  readonly client: Client;
  /** The user whose drive keeps the contracts, such as `archive@contoso.com`. */
  readonly user: string;
  /** Leave it out; tests lead it to the emulator. */
  readonly cloud?: GraphEndpoints | undefined;
}

/** Archives one contract into the drive of a work account as the Graph client that a back end uses anyway. */
export async function archiveWithGraphClient(contractId: string, example: GraphClientExample): Promise<ArchiveResult> {
  const { spotdraft, client, user, cloud } = example;
  const drive = oneDrive({ auth: client, drive: { user }, path: 'Contracts', cloud });
  return archiveContract(contractId, { spotdraft, destinations: { drive } });
}
