import { parseContractId } from '../../contract/contract-id.ts';
import { SpotDraftError } from '../../errors/spotdraft-error.ts';

/** Which contracts to list: those that pass every filter. Both ends of a range of time belong to it. */
export interface ContractFilters {
  /** SpotDraft's word or words, such as `EXECUTED`. */
  readonly status?: string | readonly string[] | undefined;
  /** A date alone, such as `2026-03-31`, begins a range with its first moment and ends one with its last, in UTC. */
  readonly executedFrom?: Date | string | undefined;
  readonly executedTo?: Date | string | undefined;
  readonly updatedFrom?: Date | string | undefined;
  readonly updatedTo?: Date | string | undefined;
  readonly createdFrom?: Date | string | undefined;
  readonly createdTo?: Date | string | undefined;
  /** Composite ids. None when the list is empty. */
  readonly contractIds?: readonly string[] | undefined;
  readonly referenceId?: string | readonly string[] | undefined;
  readonly contractTypeId?: string | number | undefined;
  readonly contractTypeName?: string | readonly string[] | undefined;
  readonly contractKind?: string | readonly string[] | undefined;
  readonly counterpartyName?: string | readonly string[] | undefined;
  readonly counterpartyEmail?: string | readonly string[] | undefined;
  readonly entityName?: string | readonly string[] | undefined;
  readonly tags?: string | readonly string[] | undefined;
  /** Searches the names of contracts, entities and parties. */
  readonly query?: string | undefined;
}

export type QueryParameter = readonly [name: string, value: string];

/** Writes filters as SpotDraft's parameters. Throws `spotdraft.invalid_request` for a date or an id that is none. */
export function filterParameters(filters: ContractFilters): readonly QueryParameter[] {
  const { contractTypeId, query } = filters;
  return [
    ...oneOf('display_status', filters.status),
    ...oneOf(
      'contract_id',
      filters.contractIds?.map((id) => parseContractId(id).text),
    ),
    ...oneOf('contract_reference_id', filters.referenceId),
    ...oneOf('contract_type_id', contractTypeId === undefined ? undefined : String(contractTypeId)),
    ...oneOf('contract_type_name', filters.contractTypeName),
    ...oneOf('contract_kind', filters.contractKind),
    ...oneOf('client_name', filters.counterpartyName),
    ...oneOf('client_email', filters.counterpartyEmail),
    ...oneOf('entity_name', filters.entityName),
    ...oneOf('tags', filters.tags),
    ...within('execution_date', filters.executedFrom, filters.executedTo),
    ...within('last_updated_on', filters.updatedFrom, filters.updatedTo),
    ...within('created_at', filters.createdFrom, filters.createdTo),
    ...(query === undefined ? [] : [['query', query] as const]),
  ];
}

function oneOf(field: string, wanted: string | readonly string[] | undefined): QueryParameter[] {
  if (wanted === undefined) return [];
  if (typeof wanted === 'string') return [[`filter__${field}`, wanted]];
  return [[`filter__${field}[$in]`, wanted.map((value) => value.replaceAll(',', '\\,')).join(',')]];
}

function within(field: string, from: Date | string | undefined, to: Date | string | undefined): QueryParameter[] {
  return [
    ...(from === undefined ? [] : [[`filter__${field}[$gte]`, timestamp(from, 'T00:00:00.000Z')] as const]),
    ...(to === undefined ? [] : [[`filter__${field}[$lte]`, timestamp(to, 'T23:59:59.999999Z')] as const]),
  ];
}

/** SpotDraft takes full timestamps only, and keeps microseconds, which a `Date` does not. */
function timestamp(value: Date | string, timeOfDay: string): string {
  const isDateAlone = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
  const moment = isDateAlone ? `${value}${timeOfDay}` : value;
  const date = new Date(moment);
  const [, microseconds = ''] = (typeof moment === 'string' && /\.\d{3}(\d{1,3})/.exec(moment)) || [];
  if (!Number.isNaN(date.getTime())) return date.toISOString().replace('Z', `${microseconds && microseconds.padEnd(3, '0')}Z`);
  throw new SpotDraftError('A date to filter contracts by is none.', {
    code: 'spotdraft.invalid_request',
    recovery: 'never',
    hint: 'Give a Date, or a text in ISO 8601 such as 2026-03-31 or 2026-03-31T12:00:00Z.',
  });
}
