import { spotDraftTime } from '../spotdraft-time.ts';
import { apiKinds, type EmulatedContract, type Recipient } from '../workspace/contract.ts';
import { type ApiContext, type ApiRouter, contractByCompositeId, contractByNumber } from './api-context.ts';
import { detailError, notFound, plainError } from './api-error.ts';
import { pageOf } from './paging.ts';

/** What can be read about one contract. */
export function addContractRoutes(router: ApiRouter): void {
  for (const version of ['v2', 'v2.1']) {
    router.on('GET', `/api/${version}/public/contracts/:id/status`, ({ params, context }) =>
      status(contractByCompositeId(params['id'], context)),
    );
  }
  router
    .on('GET', '/api/v1/public/contracts/:id/status', ({ params, context }) => status(contractByNumber(params['id'], context)))
    .on('GET', '/api/v2.1/public/contracts/:id/recipients/', ({ params, context }) =>
      recipients(contractByCompositeId(params['id'], context)),
    )
    .on('GET', '/api/v2.1/public/contracts/:id/process_metrics/', ({ params, context }) =>
      processMetrics(contractByNumber(params['id'], context)),
    )
    .on('GET', '/api/v2.1/public/contracts/:id/related_contracts/', ({ url, params, context }) =>
      related(contractByNumber(params['id'], context), url.searchParams, context),
    )
    .on('GET', '/api/v2.1/public/contracts/:id/notes', ({ params, context }) => {
      const { note, number } = contractByCompositeId(params['id'], context);
      if (note === undefined) throw notFound();
      return Response.json({ id: number, text: note });
    })
    .on('GET', '/api/v2.1/public/contracts/:id/content', ({ url, params, context }) => content(params['id'], url.searchParams, context));
}

function status({ status: contractStatus, title }: EmulatedContract): Response {
  return Response.json({ contract_status: contractStatus, contract_name: title });
}

function recipients(contract: EmulatedContract): Response {
  return Response.json({ items: contract.recipients.map((recipient, index) => recipientRow(recipient, { contract, order: index + 1 })) });
}

interface RecipientPlace {
  readonly contract: EmulatedContract;
  readonly order: number;
}

function recipientRow(recipient: Recipient, { contract, order }: RecipientPlace): object {
  const { id, type, name, email, actedAt, hasDeclined } = recipient;
  const isSent = actedAt !== undefined || contract.status === 'SIGN';
  const action = actedAt === undefined ? null : { is_success: !hasDeclined, timestamp: spotDraftTime(actedAt) };
  return {
    recipient: {
      id,
      recipient_type: type,
      user: { id: id + 20_000, email, name },
      recipient_order: order,
      title: '',
      created: spotDraftTime(contract.createdAt),
      is_sent_for_signature: isSent,
    },
    recipient_action: action,
    status: action ? 'COMPLETED' : isSent ? 'IN_PROGRESS' : 'PENDING',
  };
}

function processMetrics(contract: EmulatedContract): Response {
  const signed = contract.recipients.filter(
    ({ type, actedAt, hasDeclined }) => type === 'SIGNATORY' && actedAt !== undefined && !hasDeclined,
  );
  return Response.json({
    contract_id: contract.number,
    contract_signed_by_signatory_list: signed.map(({ isCreatorParty, actedAt = 0, email }) => ({
      is_creator_party: isCreatorParty,
      signed_datetime: spotDraftTime(actedAt),
      signatory_email: email,
    })),
    contract_turns: { no_of_turns: 1 },
    contract_executed_datetime: contract.executedAt === undefined ? undefined : spotDraftTime(contract.executedAt),
    type_of_workflow: apiKinds[contract.kind],
    // Another vocabulary than everywhere else.
    contract_status: contract.status === 'EXECUTED' ? 'COMPLETED' : 'IN_PROGRESS',
  });
}

function related(contract: EmulatedContract, query: URLSearchParams, { workspace, behaviour }: ApiContext): Response {
  const rows = contract.related.flatMap(({ id, contractId, relation }) => {
    const other = workspace.find(contractId);
    if (other === undefined) return [];
    const { number, title: name, counterparties, status: display_status } = other;
    const counter_party_list = counterparties.map((party) => party.name);
    return [{ id, contract: { id: number, name, counter_party_list, display_status }, relation_type: relation }];
  });
  return Response.json(pageOf(rows, query, behaviour));
}

function content(id: string | undefined, query: URLSearchParams, { workspace, behaviour }: ApiContext): Response {
  if (!behaviour.hasFullTextSearch) throw detailError(403, 'Full text search is not enabled for this workspace.');
  const format = query.get('text_format') ?? 'text';
  if (format !== 'text' && format !== 'segments') throw plainError(400, 'text_format is not one of text, segments');
  const contract = workspace.find(id ?? '');
  if (contract === undefined) throw plainError(404, 'Contract not found');
  const { text, updatedAt } = contract;
  const extracted = format === 'text' ? { content: text } : { segments: text?.split('\n').map((segment) => ({ segment_text: segment })) };
  return Response.json({
    contract_id: contract.id,
    content_format: format,
    ...extracted,
    extraction_status: text === undefined ? 'not_available' : 'completed',
    last_updated: text === undefined ? undefined : spotDraftTime(updatedAt),
  });
}
