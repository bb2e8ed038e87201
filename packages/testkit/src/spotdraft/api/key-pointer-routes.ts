import { z } from 'zod';
import type { EmulatedContract, KeyPointerValue } from '../workspace/contract.ts';
import { type ApiContext, type ApiRouter, contractByCompositeId } from './api-context.ts';
import { type FieldErrors, fieldErrors } from './api-error.ts';
import { readJson } from './read-json.ts';

/** Metadata values of contracts, and the definitions of metadata fields. */
export function addKeyPointerRoutes(router: ApiRouter): void {
  for (const version of ['v2', 'v2.1']) {
    router.on('GET', `/api/${version}/public/contracts/:id/key_pointers`, ({ params, context }) =>
      Response.json(rowsOf(contractByCompositeId(params['id'], context))),
    );
  }
  router
    .on('POST', '/api/v2.1/public/contracts/:id/key_pointers/bulk', ({ request, params, context }) =>
      write(request, contractByCompositeId(params['id'], context), context),
    )
    .on('GET', '/api/v2.1/public/key_pointers/', ({ url, context }) => listDefinitions(url.searchParams, context));
}

function rowsOf({ keyPointers }: EmulatedContract): readonly object[] {
  return [...keyPointers.values()].map(({ id, value, label, fieldName, dataType }) => ({
    id,
    value,
    label,
    field_name: fieldName,
    data_type: dataType,
    format_option: {},
  }));
}

const writeRequest = z.object({
  key_pointers: z.array(
    z.object({ key_pointer_id: z.int().optional(), key_pointer_field_name: z.string().optional(), value: z.unknown() }),
  ),
});

async function write(request: Request, contract: EmulatedContract, { workspace }: ApiContext): Promise<Response> {
  const { key_pointers: given } = await readJson(request, writeRequest);
  const errors: Record<string, FieldErrors> = {};
  const values: KeyPointerValue[] = [];
  for (const [index, { key_pointer_id: id, key_pointer_field_name: fieldName, value }] of given.entries()) {
    const definition = workspace.addressBook.keyPointers.find((known) => known.id === id || known.fieldName === fieldName);
    if (definition !== undefined) values.push({ ...definition, value });
    else errors[index] = { [id === undefined ? 'key_pointer_field_name' : 'key_pointer_id']: ['Unknown key pointer'] };
  }
  // All or nothing: a mistake in one of them leaves the others unwritten.
  if (Object.keys(errors).length > 0) throw fieldErrors({ key_pointers: errors });
  const isUpdate = values.some(({ fieldName }) => contract.keyPointers.has(fieldName));
  for (const each of values) contract.keyPointers.set(each.fieldName, each);
  workspace.announce(contract, isUpdate ? 'CONTRACT_KEY_POINTER_UPDATION' : 'CONTRACT_KEY_POINTER_CREATION');
  return Response.json(rowsOf(contract));
}

function listDefinitions(query: URLSearchParams, { workspace }: ApiContext): Response {
  if (!/^\d+$/.test(query.get('contract_type_id') ?? '')) throw fieldErrors({ contract_type_id: ['Field required'] });
  const definitions = workspace.addressBook.keyPointers.map(({ id, fieldName, label, dataType }) => ({
    id,
    descriptors: [{ display_label: label, variable: fieldName, type: dataType, required: false }],
    section: { id: 1, section_type: 'GENERAL', name: 'General' },
  }));
  return Response.json(definitions);
}
