import type { ProviderReply } from '../emulator/emulator-handler.ts';

const codes: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  429: 'rate_limit_exceeded',
  500: 'internal_server_error',
  502: 'bad_gateway',
  503: 'unavailable',
};

/** What Box sends with a status. https://developer.box.com/guides/api-calls/permissions-and-errors/common-errors */
export function boxFaultReply(status: number): ProviderReply {
  const code = codes[status] ?? 'error';
  const body = { type: 'error', status, code, message: `Injected: ${code}`, request_id: 'injected' };
  return { body, headers: status === 429 ? { 'retry-after': '1' } : {} };
}
