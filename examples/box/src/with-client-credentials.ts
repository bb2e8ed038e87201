import { type BoxClientCredentials, box } from '@spotdraft-archive/box';
import { type ArchiveResult, archiveContract, type SpotDraftClient } from '@spotdraft-archive/core';

export interface ClientCredentialsExample {
  readonly spotdraft: SpotDraftClient;
  /** Of a Box app with "Server Authentication (Client Credentials Grant)". */
  readonly credentials: BoxClientCredentials;
  /** A folder to which the app's service account was invited as Editor. */
  readonly folderId: string;
  /** Leave them out; tests lead them to the emulator. */
  readonly baseUrl?: string | undefined;
  readonly uploadUrl?: string | undefined;
}

/** Archives one contract with nothing but the keys of a Box app. */
export async function archiveWithClientCredentials(contractId: string, example: ClientCredentialsExample): Promise<ArchiveResult> {
  const { spotdraft, credentials, folderId, baseUrl, uploadUrl } = example;
  const destination = box({ auth: credentials, folderId, link: 'collaborators', baseUrl, uploadUrl });
  // Says what is missing in the words of Box's own pages, and creates the metadata template.
  const { ok, findings } = await destination.check();
  if (!ok) throw new Error(findings.map(({ message, hint }) => [message, hint].filter(Boolean).join(' ')).join('\n'));
  return archiveContract(contractId, { spotdraft, destinations: { box: destination } });
}
