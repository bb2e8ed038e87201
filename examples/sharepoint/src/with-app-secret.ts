import { type ArchiveResult, archiveContract, type SpotDraftClient } from '@spotdraft-archive/core';
import { type GraphEndpoints, sharePoint } from '@spotdraft-archive/sharepoint';

export interface AppSecretExample {
  readonly spotdraft: SpotDraftClient;
  /** From the overview page of the app in Entra ID. */
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Such as `https://contoso.sharepoint.com/sites/legal`. */
  readonly siteUrl: string;
  /** Leave it out; tests lead it to the emulator. */
  readonly cloud?: GraphEndpoints | undefined;
}

/** Archives one contract with nothing but an app's secret. */
export async function archiveWithAppSecret(contractId: string, example: AppSecretExample): Promise<ArchiveResult> {
  const { spotdraft, tenantId, clientId, clientSecret, siteUrl, cloud } = example;
  const legal = sharePoint({ auth: { tenantId, clientId, clientSecret }, siteUrl, library: 'Contracts', path: 'Executed', cloud });
  const { ok, findings } = await legal.check();
  if (!ok) throw new Error(findings.map(({ message, hint }) => [message, hint].filter(Boolean).join(' ')).join('\n'));
  return archiveContract(contractId, { spotdraft, destinations: { legal } });
}
