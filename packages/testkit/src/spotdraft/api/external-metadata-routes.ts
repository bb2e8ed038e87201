import { z } from 'zod';
import type { EmulatedContract } from '../workspace/contract.ts';
import { type ApiContext, type ApiRouter, contractByCompositeId } from './api-context.ts';
import { codedError } from './api-error.ts';
import { readJson } from './read-json.ts';

/** The link of a contract with a record of another system: one object per contract. */
export function addExternalMetadataRoutes(router: ApiRouter): void {
  const path = '/api/v2.1/public/contracts/:id/external_metadata';
  router
    .on('GET', path, ({ params, context }) => read(contractByCompositeId(params['id'], context), context))
    .on('POST', path, ({ request, params, context }) => write(request, contractByCompositeId(params['id'], context), context));
}

function read({ externalMetadata }: EmulatedContract, { behaviour }: ApiContext): Response {
  if (externalMetadata === undefined && behaviour.missingExternalMetadata === 'not-found') {
    throw codedError(404, 'SD_INTEGRATIONS_00021', 'There is no external metadata for this contract.');
  }
  return Response.json({ external_metadata: externalMetadata ?? {} });
}

const writeRequest = z.object({
  external_metadata: z.object({
    id: z.unknown(),
    integration_name: z.string().nullish(),
    record_type: z.string().nullish(),
    record_data: z.record(z.string(), z.unknown()).nullish(),
    object_configuration_id: z.uuid().nullish(),
  }),
});

async function write(request: Request, contract: EmulatedContract, { workspace, behaviour }: ApiContext): Promise<Response> {
  const { external_metadata: given } = await readJson(request, writeRequest);
  const before = contract.externalMetadata;
  contract.externalMetadata = behaviour.externalMetadataWrites === 'merge' ? { ...before, ...given } : given;
  workspace.announce(contract, before ? 'CONTRACT_EXTERNAL_METADATA_UPDATED' : 'CONTRACT_EXTERNAL_METADATA_CREATED');
  return Response.json({ external_metadata: contract.externalMetadata });
}
