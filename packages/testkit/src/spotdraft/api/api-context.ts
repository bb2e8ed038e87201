import type { Router } from '../../emulator/index.ts';
import type { SignedLinks } from '../documents/signed-links.ts';
import type { SpotDraftBehaviour } from '../spotdraft-behaviour.ts';
import type { WebhookDeliveries } from '../webhooks/webhook-deliveries.ts';
import type { EmulatedContract } from '../workspace/contract.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { notFound } from './api-error.ts';

/** What the API's endpoints work with. */
export interface ApiContext {
  readonly workspace: Workspace;
  readonly deliveries: WebhookDeliveries;
  readonly links: SignedLinks;
  readonly behaviour: SpotDraftBehaviour;
  readonly storageUrl: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export type ApiRouter = Router<ApiContext>;

/** The contract that a path names by its composite id. Throws 404. */
export function contractByCompositeId(id: string | undefined, { workspace }: ApiContext): EmulatedContract {
  const contract = workspace.find(id ?? '');
  if (contract === undefined) throw notFound();
  return contract;
}

/** The contract that a path names by an integer: only `T-` contracts can be. Throws 404. */
export function contractByNumber(number: string | undefined, context: ApiContext): EmulatedContract {
  return contractByCompositeId(/^\d+$/.test(number ?? '') ? `T-${Number(number)}` : '', context);
}
