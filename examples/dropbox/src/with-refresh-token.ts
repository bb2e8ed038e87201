import { type ArchiveResult, archiveContract, type SpotDraftClient } from '@spotdraft-archive/core';
import { type DropboxOptions, dropbox } from '@spotdraft-archive/dropbox';

export interface RefreshTokenExample {
  readonly spotdraft: SpotDraftClient;
  /** DROPBOX_APP_KEY, DROPBOX_APP_SECRET and DROPBOX_REFRESH_TOKEN, for example. */
  readonly appKey: string;
  readonly appSecret: string;
  readonly refreshToken: string;
  /** Leave it out; tests lead it to the emulator. */
  readonly baseUrls?: DropboxOptions['baseUrls'];
}

/** Looks whether everything is in order, then archives one contract with nothing but a refresh token. */
export async function archiveWithRefreshToken(contractId: string, example: RefreshTokenExample): Promise<ArchiveResult> {
  const { spotdraft, appKey, appSecret, refreshToken, baseUrls } = example;
  const archive = dropbox({ auth: { appKey, appSecret, refreshToken }, path: '/Contracts', baseUrls });
  const { ok, findings } = await archive.check();
  if (!ok) throw new Error(findings.map(({ message, hint }) => [message, hint].filter(Boolean).join(' ')).join('\n'));
  return archiveContract(contractId, { spotdraft, destinations: { dropbox: archive } });
}
