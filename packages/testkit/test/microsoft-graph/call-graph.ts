import type { MicrosoftGraphEmulator } from '../../src/emulators.ts';

export interface GraphCall {
  readonly method?: string | undefined;
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export interface GraphAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Readonly<Record<string, unknown>>;
  readonly code: string | undefined;
}

/** Sends one request to the emulator, over its socket. Addresses without a host are Graph's. */
export async function callGraph(emulator: MicrosoftGraphEmulator, address: string, call: GraphCall = {}): Promise<GraphAnswer> {
  const { method = 'GET', body, token = emulator.accessToken, headers = {} } = call;
  const url = address.startsWith('http') ? address : `${emulator.url}/v1.0/${address}`;
  const isGraph = url.startsWith(emulator.url);
  const response = await fetch(url, {
    method,
    headers: { ...(isGraph && { authorization: `Bearer ${token}` }), ...headers },
    redirect: 'manual',
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: response.status, headers: response.headers, json, code: (json.error as { code?: string } | undefined)?.code };
}
