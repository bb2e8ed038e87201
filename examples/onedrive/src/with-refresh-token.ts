import { readFile, writeFile } from 'node:fs/promises';
import { type ArchiveResult, archiveContract, type SpotDraftClient } from '@spotdraft-archive/core';
import { type GraphEndpoints, oneDrive } from '@spotdraft-archive/onedrive';

export interface RefreshTokenExample {
  readonly spotdraft: SpotDraftClient;
  readonly clientId: string;
  /** Holds the refresh token, and nothing else. Readable by this process only. */
  readonly tokenFile: string;
  /** Leave it out; tests lead it to the emulator. */
  readonly cloud?: GraphEndpoints | undefined;
}

/** Archives one contract into the app's own folder in a personal OneDrive, and keeps each new refresh token. */
export async function archiveWithRefreshToken(contractId: string, example: RefreshTokenExample): Promise<ArchiveResult> {
  const { spotdraft, clientId, tokenFile, cloud } = example;
  const auth = {
    tenantId: 'consumers',
    clientId,
    refreshToken: (await readFile(tokenFile, 'utf8')).trim(),
    onRefreshToken: (refreshToken: string) => writeFile(tokenFile, refreshToken, { mode: 0o600 }),
  };
  const drive = oneDrive({ auth, drive: 'approot', path: 'Contracts', cloud });
  return archiveContract(contractId, { spotdraft, destinations: { drive } });
}
