import { z } from 'zod';
import { activities, type WebhookSubscription } from '../webhooks/webhook-subscription.ts';
import type { ApiContext, ApiRouter } from './api-context.ts';
import { codedError, detailError } from './api-error.ts';
import { readJson } from './read-json.ts';

/** Webhooks can be created and deleted; nothing lists, reads, changes or re-enables them. */
export function addWebhookRoutes(router: ApiRouter): void {
  router
    .on('POST', '/api/v2.1/public/webhooks/', ({ request, context }) => create(request, context))
    .on('DELETE', '/api/v2.1/public/webhooks/:id', ({ params, context }) => {
      requirePermission(context);
      if (!context.deliveries.unsubscribe(Number(params['id']))) throw codedError(404, 'SD_WEBHOOKS_00004', 'There is no such webhook.');
      return new Response(null, { status: 204 });
    })
    .on('GET', '/api/v2.1/public/webhooks/hmac_key/', ({ context }) => Response.json({ hmac_key: context.deliveries.hmacKey }))
    .on('POST', '/api/v2.1/public/contracts/webhooks/re_trigger_latest/', ({ request, context }) => retrigger(request, context));
}

const reservedPrefixes = /^X-(?:Google|Goog|GFE|Amz|MS|DD|Datadog|B3|SD|SPOTDRAFT)-/i;

const createRequest = z.object({
  title: z.string().min(1),
  description: z.string().optional(),
  url: z.url(),
  only_for_activities: z.array(z.enum(activities)).min(1, 'This list may not be empty.'),
  custom_headers: z
    .record(
      z
        .string()
        .trim()
        .regex(/^X-/i)
        .refine((name) => !reservedPrefixes.test(name)),
      z.string(),
    )
    .optional(),
});

async function create(request: Request, context: ApiContext): Promise<Response> {
  requirePermission(context);
  const given = await readJson(request, createRequest);
  const { protocol } = new URL(given.url);
  const isAllowed = protocol === 'https:' || (protocol === 'http:' && context.behaviour.allowHttpWebhooks);
  if (!isAllowed) throw codedError(400, 'SD_WEBHOOKS_00002', 'The url of a webhook has to start with https://.');
  const subscription: WebhookSubscription = {
    id: context.workspace.nextId(),
    title: given.title,
    url: given.url,
    description: given.description,
    activities: given.only_for_activities,
    customHeaders: given.custom_headers ?? {},
    status: 'ACTIVE',
    failures: 0,
  };
  context.deliveries.subscribe(subscription);
  const [creator] = context.workspace.users;
  const { id, status } = subscription;
  return Response.json({ ...given, id, created_by_user: creator, status }, { status: 201 });
}

async function retrigger(request: Request, { workspace, deliveries }: ApiContext): Promise<Response> {
  const { contract_ids } = await readJson(request, z.object({ contract_ids: z.array(z.int()).min(1) }));
  const ids = contract_ids.map((number) => `T-${number}`);
  if (ids.some((id) => workspace.find(id) === undefined)) throw detailError(404, 'Not Found');
  for (const id of ids) deliveries.redeliverLatest(id);
  return Response.json({ message: 'Success' });
}

function requirePermission({ behaviour }: ApiContext): void {
  if (!behaviour.canManageWebhooks) throw codedError(403, 'SD_PERMISSIONS_00001', 'This needs the Developer Settings permission.');
}
