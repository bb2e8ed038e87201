import type { WebhookPayload } from '../../fixtures/webhook-payload.ts';
import { spotDraftTime } from '../spotdraft-time.ts';
import type { Activity } from '../workspace/workspace.ts';

/** The body of a webhook call about an activity. */
export function describeActivity({ contract, name, at, status, performedBy }: Activity): WebhookPayload {
  const { contractType, businessUser, legalUser, entity } = contract;
  return {
    contract_id: contract.number,
    contract_kind: contract.kind,
    contract_title: contract.title,
    contract_type: contractType.name,
    contract_type_name: contractType.name,
    contract_type_id: contractType.id,
    contract_status: status ?? contract.status,
    created_at: spotDraftTime(contract.createdAt),
    business_user: { name: businessUser.name, email: businessUser.email },
    legal_user: legalUser && { name: legalUser.name, email: legalUser.email },
    counterparties: contract.counterparties.map((party) => ({
      type: party.isIndividual ? 'Individual' : 'Organization',
      organization_name: party.isIndividual ? undefined : party.name,
      poc_name: party.isIndividual ? party.name : party.contactName,
      poc_email: party.contactEmail,
      counterparty_id: party.id,
    })),
    external_metadata: contract.externalMetadata,
    entity: { reference_id: entity.referenceId, name: entity.name, jurisdiction: entity.jurisdiction, type: entity.type },
    contract_reference_id: contract.referenceId,
    activity: name,
    activity_data: {
      performed_by: performedBy ? { name: performedBy.name, email: performedBy.email } : { name: 'SYSTEM' },
      timestamp: spotDraftTime(at),
    },
  };
}
