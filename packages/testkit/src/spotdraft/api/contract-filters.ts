import { apiKinds, type EmulatedContract } from '../workspace/contract.ts';
import { fieldErrors } from './api-error.ts';

type Value = string | number | undefined;

interface FilterField {
  readonly type: 'text' | 'number' | 'time';
  /** Whatever of a contract the filter may hit. */
  readonly valuesOf: (contract: EmulatedContract) => readonly Value[];
}

const statuses = new Set(['DRAFT', 'REDLINING', 'SIGN', 'EXECUTED', 'ON_HOLD', 'VOIDED']);

const fields: Readonly<Record<string, FilterField>> = {
  approvals_pending: text((contract) => emailsOf(contract, 'APPROVER', 'waiting')),
  assigned_to: number((contract) => [contract.businessUser.id]),
  business_user_id: number((contract) => [contract.businessUser.id]),
  client_brand_name: text((contract) => contract.counterparties.map(({ name }) => name)),
  client_email: text((contract) => contract.counterparties.map(({ contactEmail }) => contactEmail)),
  client_email_address: text((contract) => contract.counterparties.map(({ contactEmail }) => contactEmail)),
  client_name: text((contract) => contract.counterparties.map(({ name }) => name)),
  // Unlike every other number in the API, this one takes composite ids.
  contract_id: text((contract) => [contract.id]),
  contract_kind: text((contract) => [apiKinds[contract.kind]]),
  contract_packet_name: text(() => []),
  contract_reference_id: text((contract) => [contract.referenceId]),
  contract_type_id: number((contract) => [contract.contractType.id]),
  contract_type_name: text((contract) => [contract.contractType.name]),
  created_at: time((contract) => [contract.createdAt]),
  display_status: text((contract) => [contract.status]),
  entity_name: text((contract) => [contract.entity.name]),
  execution_date: time((contract) => [contract.executedAt]),
  expiring_at: time(() => []),
  last_updated_on: time((contract) => [contract.updatedAt]),
  legal_user_id: number((contract) => [contract.legalUser?.id]),
  pending_with: text(() => []),
  signatories: text((contract) => emailsOf(contract, 'SIGNATORY')),
  signatures_completed_by: text((contract) => emailsOf(contract, 'SIGNATORY', 'acted')),
  signatures_pending_on: text((contract) => emailsOf(contract, 'SIGNATORY', 'waiting')),
  signatures_rejected_by: text((contract) => contract.recipients.filter(({ hasDeclined }) => hasDeclined).map(({ email }) => email)),
  tags: text((contract) => contract.tags),
};

const equality = new Set(['$eq', '$ne', '$in']);
const order = new Set(['$gt', '$gte', '$lt', '$lte']);

/**
 * Makes the test that a list's query describes: every filter has to let a contract through. Throws 400 for a field, an operator or a value that
 * the API does not know: a filter that is ignored would list too much.
 */
export function filterOf(query: URLSearchParams): (contract: EmulatedContract) => boolean {
  const tests: ((contract: EmulatedContract) => boolean)[] = [];
  for (const [parameter, value] of query) {
    if (parameter === 'query') tests.push(searchFor(value));
    else if (parameter !== 'page' && parameter !== 'limit') tests.push(readFilter(parameter, value));
  }
  return (contract) => tests.every((test) => test(contract));
}

function readFilter(parameter: string, value: string): (contract: EmulatedContract) => boolean {
  const [, name = '', operator = '$eq'] = /^filter__(\w+?)(?:\[(\$\w+)\])?$/.exec(parameter) ?? [];
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field === undefined) throw fieldErrors({ [parameter]: ['Unknown filter'] });
  if (!equality.has(operator) && (field.type === 'text' || !order.has(operator))) throw fieldErrors({ [parameter]: ['Unknown operator'] });
  const wanted = (operator === '$in' ? splitList(value) : [value]).map((each) => readValue(parameter, each, field.type));
  if (name === 'display_status' && !wanted.every((status) => statuses.has(String(status)))) {
    throw fieldErrors({ [parameter]: ['Input should be one of the display statuses'] });
  }
  return (contract) => compare(field.valuesOf(contract), operator, wanted);
}

function compare(values: readonly Value[], operator: string, wanted: readonly (string | number)[]): boolean {
  const [bound = ''] = wanted;
  if (operator === '$ne') return !values.includes(bound);
  return values.some((value) => {
    if (value === undefined) return false;
    if (operator === '$gt') return value > bound;
    if (operator === '$gte') return value >= bound;
    if (operator === '$lt') return value < bound;
    if (operator === '$lte') return value <= bound;
    return wanted.includes(value);
  });
}

/** Values are separated by commas; `\,` is a comma within a value. */
function splitList(value: string): readonly string[] {
  return (value.match(/(?:\\,|[^,])+/g) ?? []).map((each) => each.replaceAll('\\,', ','));
}

function readValue(parameter: string, value: string, type: FilterField['type']): string | number {
  if (type === 'text') return value;
  const isValid = type === 'number' ? /^-?\d+$/.test(value) : /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(value);
  if (!isValid) throw fieldErrors({ [parameter]: [`Input should be a valid ${type === 'number' ? 'integer' : 'datetime'}`] });
  return type === 'number' ? Number(value) : readTime(value);
}

/** In milliseconds; SpotDraft keeps microseconds. */
function readTime(value: string): number {
  const [, microseconds = '0'] = /\.\d{3}(\d{1,3})/.exec(value) ?? [];
  return Date.parse(value) + Number(microseconds.padEnd(3, '0')) / 1_000;
}

function searchFor(words: string): (contract: EmulatedContract) => boolean {
  const wanted = words.toLowerCase();
  return ({ title, counterparties }) =>
    [title, ...counterparties.map(({ name }) => name)].some((name) => name.toLowerCase().includes(wanted));
}

function emailsOf(contract: EmulatedContract, type: string, which?: 'acted' | 'waiting'): readonly string[] {
  return contract.recipients
    .filter((recipient) => recipient.type === type && (which === undefined || (recipient.actedAt !== undefined) === (which === 'acted')))
    .map(({ email }) => email);
}

function text(valuesOf: FilterField['valuesOf']): FilterField {
  return { type: 'text', valuesOf };
}

function number(valuesOf: FilterField['valuesOf']): FilterField {
  return { type: 'number', valuesOf };
}

function time(valuesOf: FilterField['valuesOf']): FilterField {
  return { type: 'time', valuesOf };
}
