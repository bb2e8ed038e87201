import { z } from 'zod';
import { spotDraftTime } from '../spotdraft-time.ts';
import { type ApiContext, type ApiRouter, contractByCompositeId, contractByNumber } from './api-context.ts';
import { codedError, fieldErrors } from './api-error.ts';
import { contractRow } from './contract-row.ts';
import { readJson } from './read-json.ts';

/** Uploads: contracts executed elsewhere, new versions, supporting documents. */
export function addUploadRoutes(router: ApiRouter): void {
  router
    .on('POST', '/api/v2.1/public/contracts/executed_contracts/', ({ request, context }) => importExecuted(request, context))
    .on('POST', '/api/v2.1/public/contracts/:id/contract_version/', ({ request, params, context }) =>
      uploadVersion(request, params['id'], context),
    )
    .on('POST', '/api/v2.1/public/supported_documents/:id/', ({ request, params, context }) =>
      uploadSupportingDocument(request, params['id'], context),
    );
}

const importRequest = z.object({
  contract_name: z.string().min(1),
  file_name: z.string().min(1),
  file_content: z.string().min(1),
  contract_type_id: z.int(),
  organization_entity_id: z.int(),
  external_metadata: z.record(z.string(), z.unknown()).optional(),
  counterparty_details: z
    .array(
      z.object({
        is_individual: z.boolean(),
        organization_name: z.string().optional(),
        poc_details: z.object({ first_name: z.string(), last_name: z.string(), email: z.string() }),
      }),
    )
    .optional(),
});

async function importExecuted(request: Request, { workspace }: ApiContext): Promise<Response> {
  const given = await readJson(request, importRequest);
  const { contractTypes, entities } = workspace.addressBook;
  const contractType = contractTypes.find(({ id }) => id === given.contract_type_id);
  if (contractType === undefined) throw fieldErrors({ contract_type_id: ['Unknown contract type'] });
  const entity = entities.find(({ id }) => id === given.organization_entity_id);
  if (entity === undefined) throw fieldErrors({ organization_entity_id: ['Unknown entity'] });
  const document = Buffer.from(given.file_content, 'base64');
  if (!isPdf(document)) throw codedError(400, 'SD_CONTRACTS_00061', 'Only PDF files can be imported as executed contracts.');
  const contract = workspace.importExecuted({
    title: given.contract_name,
    contractType: contractType.name,
    entity: entity.name,
    externalMetadata: given.external_metadata,
    document,
    counterparties: given.counterparty_details?.map(({ is_individual, organization_name, poc_details: contact }) => {
      const contactName = `${contact.first_name} ${contact.last_name}`;
      return { name: organization_name ?? contactName, isIndividual: is_individual, contactName, contactEmail: contact.email };
    }),
  });
  return Response.json(contractRow(contract, { rowId: 'composite', workspaceId: workspace.workspaceId }), { status: 201 });
}

const versionRequest = z.object({
  document_name: z.string().min(1),
  document_base_64: z.string().min(1),
  collect_approvals: z.boolean().default(true),
  is_executed_version: z.boolean().default(false),
});

async function uploadVersion(request: Request, id: string | undefined, context: ApiContext): Promise<Response> {
  const contract = contractByNumber(id, context);
  const given = await readJson(request, versionRequest);
  const document = Buffer.from(given.document_base_64, 'base64');
  if (!isPdf(document)) throw fieldErrors({ document_base_64: ['The emulator takes PDF files only.'] });
  context.workspace.uploadVersion(contract.id, { document, isExecuted: given.is_executed_version });
  return new Response(null, { status: 201 });
}

const largestSupportingDocument = 20 * 1024 * 1024;
const documentRequest = z.object({ name: z.string().min(1), file_name: z.string().min(1), file_base64: z.string().min(1) });

async function uploadSupportingDocument(request: Request, id: string | undefined, context: ApiContext): Promise<Response> {
  contractByCompositeId(id, context);
  const { name, file_base64 } = await readJson(request, documentRequest);
  if (Buffer.byteLength(file_base64, 'base64') > largestSupportingDocument) {
    throw codedError(400, 'SD_DOCUMENTS_00008', 'Supporting documents may have up to 20 MB.');
  }
  return Response.json({ id: context.workspace.nextId(), name, created: spotDraftTime(context.now) }, { status: 201 });
}

function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-';
}
