import { readFile } from 'node:fs/promises';
import { type ArchiveResult, archiveContract, type SpotDraftClient } from '@spotdraft-archive/core';
import { googleDrive, type ServiceAccount } from '@spotdraft-archive/google-drive';

export interface ServiceAccountExample {
  readonly spotdraft: SpotDraftClient;
  /** The JSON file that the Cloud console gave for the service account. */
  readonly keyFile: string;
  /** A shared drive, or a folder in one, of which the service account is content manager. */
  readonly folderId: string;
  /** Leave them out; tests lead them to the emulator. */
  readonly baseUrl?: string | undefined;
  readonly tokenUrl?: string | undefined;
}

/** Archives one contract with nothing but the key of a service account. */
export async function archiveWithServiceAccount(contractId: string, example: ServiceAccountExample): Promise<ArchiveResult> {
  const { spotdraft, keyFile, folderId, baseUrl, tokenUrl } = example;
  const serviceAccount = JSON.parse(await readFile(keyFile, 'utf8')) as ServiceAccount;
  const drive = googleDrive({ auth: { serviceAccount }, folderId, baseUrl, tokenUrl });
  const { ok, findings } = await drive.check();
  if (!ok) throw new Error(findings.map(({ message, hint }) => [message, hint].filter(Boolean).join(' ')).join('\n'));
  return archiveContract(contractId, { spotdraft, destinations: { drive } });
}
