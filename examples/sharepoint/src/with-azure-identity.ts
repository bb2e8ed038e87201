import type { ClientSecretCredential, DefaultAzureCredential } from '@azure/identity';
import { type ArchiveResult, archiveContract, type SpotDraftClient } from '@spotdraft-archive/core';
import { type GraphEndpoints, sharePoint } from '@spotdraft-archive/sharepoint';

export interface AzureIdentityExample {
  readonly spotdraft: SpotDraftClient;
  /** The credential that your back end has already; on Azure a managed identity needs no secret at all. */
  readonly credential: DefaultAzureCredential | ClientSecretCredential;
  /** Such as `https://contoso.sharepoint.com/sites/legal`. */
  readonly siteUrl: string;
  /** Leave it out; tests lead it to the emulator. */
  readonly cloud?: GraphEndpoints | undefined;
}

/** Archives one contract as whoever `@azure/identity` signed in. */
export async function archiveWithAzureIdentity(contractId: string, example: AzureIdentityExample): Promise<ArchiveResult> {
  const { spotdraft, credential, siteUrl, cloud } = example;
  const legal = sharePoint({ auth: credential, siteUrl, library: 'Contracts', path: 'Executed', cloud });
  return archiveContract(contractId, { spotdraft, destinations: { legal } });
}
