import type { Counterparty, Entity } from '../workspace/contract.ts';
import type { ApiRouter } from './api-context.ts';
import { notFound } from './api-error.ts';
import { pageOf } from './paging.ts';

/** Contract types, counterparties and own entities of the workspace. */
export function addDirectoryRoutes(router: ApiRouter): void {
  router
    .on('GET', '/api/v2.1/public/contract_types/', ({ context }) => Response.json(context.workspace.addressBook.contractTypes))
    .on('GET', '/api/v2.1/public/organizations/entities/', ({ context }) =>
      Response.json(context.workspace.addressBook.entities.map(entityRow)),
    )
    .on('GET', '/api/v2.1/public/counter_parties/', ({ url, context }) => {
      const email = url.searchParams.get('filter__client_email_address');
      const found = context.workspace.addressBook.counterparties.filter(({ contactEmail }) => email === null || contactEmail === email);
      return Response.json(pageOf(found.map(counterpartyRow), url.searchParams, context.behaviour));
    })
    .on('GET', '/api/v2.1/public/counter_parties/:id', ({ params, context }) => {
      const counterparty = context.workspace.addressBook.counterparties.find(({ id }) => String(id) === params['id']);
      if (counterparty === undefined) throw notFound();
      return Response.json(counterpartyRow(counterparty));
    });
}

function counterpartyRow({ id, name, isIndividual, contactName, contactEmail }: Counterparty): object {
  const contacts = [{ id: id + 1000, name: contactName, email: contactEmail }];
  return { id, name, is_individual: isIndividual, contacts, status: 'ACTIVE', custom_fields: {} };
}

function entityRow({ id, name, referenceId, jurisdiction, type }: Entity, index: number): object {
  return {
    id,
    name,
    reference_id: referenceId,
    jurisdiction: { id: 49, name: jurisdiction },
    organization_type: { id: 7, name: type },
    primary_address: { id: id + 1000, line_one: 'Hafenstrasse 1', city_name: 'Hamburg', state_name: '', zipcode: '20457' },
    is_primary: index === 0,
  };
}
