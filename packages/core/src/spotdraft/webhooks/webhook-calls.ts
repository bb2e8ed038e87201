import { z } from 'zod';
import { contractNumber } from '../contracts/contract-number.ts';
import type { Requester, RequestOptions } from '../http/requester.ts';

const keyFields = z.looseObject({ hmac_key: z.string().min(1) });

/** Asks for the key, in base64, with which SpotDraft signs webhook calls of the workspace. A secret. */
export function getHmacKey(requester: Requester, { signal }: RequestOptions = {}): Promise<string> {
  return requester.json({ method: 'GET', path: '/webhooks/hmac_key/', signal }, (answer) => keyFields.parse(answer).hmac_key);
}

/**
 * Has the last webhook call of each contract sent again, whatever it was about. For `T` contracts only.
 *
 * May send a call twice when a reply is lost; receivers cope with that anyway.
 */
export async function retriggerLatest(
  requester: Requester,
  contractIds: readonly string[],
  { signal }: RequestOptions = {},
): Promise<void> {
  const body = { contract_ids: contractIds.map(contractNumber) };
  await requester.json({ method: 'POST', path: '/contracts/webhooks/re_trigger_latest/', body, signal }, () => undefined);
}
