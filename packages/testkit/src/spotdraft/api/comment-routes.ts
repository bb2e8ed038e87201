import { z } from 'zod';
import type { Comment, EmulatedContract } from '../workspace/contract.ts';
import { type ApiContext, type ApiRouter, contractByNumber } from './api-context.ts';
import { pageOf } from './paging.ts';
import { readJson } from './read-json.ts';

/** Comments in the activity log of contracts. */
export function addCommentRoutes(router: ApiRouter): void {
  const path = '/api/v2.1/public/contracts/:id/comments/';
  router
    .on('GET', path, ({ url, params, context }) => {
      const contract = contractByNumber(params['id'], context);
      const rows = contract.comments.map((comment) => commentRow(comment, contract));
      return Response.json(pageOf(rows, url.searchParams, context.behaviour));
    })
    .on('POST', path, ({ request, params, context }) => write(request, contractByNumber(params['id'], context), context));
}

function commentRow({ id, text }: Comment, { number }: EmulatedContract): object {
  return { id, contract_id: number, comment: text, replies: [] };
}

const writeRequest = z.object({ comment: z.string().refine((text) => text.trim() !== '', 'This field may not be blank.') });

async function write(request: Request, contract: EmulatedContract, { workspace }: ApiContext): Promise<Response> {
  const { comment: given } = await readJson(request, writeRequest);
  // `!!@12!!` mentions the user with the id 12.
  const text = given.replaceAll(/!!@(\d+)!!/g, (mention, id) => workspace.users.find((user) => String(user.id) === id)?.email ?? mention);
  const comment = { id: workspace.nextId(), text };
  contract.comments.push(comment);
  workspace.announce(contract, 'CONTRACT_ACTIVITY_LOG_COMMENT_CREATED');
  return Response.json(commentRow(comment, contract), { status: 201 });
}
