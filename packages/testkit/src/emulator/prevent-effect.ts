import { cutAfter, drain } from './body-streams.ts';
import { ConnectionCut } from './connection-cut.ts';
import type { EmulatorClock } from './emulator-clock.ts';
import type { ProviderReply } from './emulator-handler.ts';
import type { CutRequestFault, Fault, StatusFault } from './fault.ts';

interface PreventEffectOptions {
  readonly clock: EmulatorClock;
  readonly handle: (request: Request) => Promise<Response>;
  readonly reply: (status: number) => ProviderReply;
}

/**
 * Acts out the faults that come before the effect, in the order in which they were injected.
 *
 * Resolves with the answer that takes the effect's place, or with nothing when the effect may happen; rejects with `ConnectionCut`.
 */
export async function preventEffect(
  request: Request,
  faults: readonly Fault[],
  { clock, handle, reply }: PreventEffectOptions,
): Promise<Response | undefined> {
  for (const fault of faults) {
    if (fault.kind === 'delay') await clock.sleep(fault.delayMs, request.signal);
    if (fault.kind === 'hang') await untilAborted(request.signal);
    if (fault.kind === 'cutRequest') await cutRequest(request, fault, handle);
    if (fault.kind === 'status') {
      await drain(request.body);
      return statusResponse(fault, reply(fault.status));
    }
  }
  return undefined;
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = (): void => reject(new ConnectionCut('ended while hanging'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

async function cutRequest(request: Request, fault: CutRequestFault, handle: (request: Request) => Promise<Response>): Promise<never> {
  const { afterBytes = 0, received = 'dropped' } = fault;
  if (received === 'kept' && request.body !== null) {
    const torn = new Request(request, { method: request.method, body: cutAfter(request.body, afterBytes), duplex: 'half' });
    await handle(torn).catch(() => undefined);
  } else {
    await drain(request.body, afterBytes);
  }
  throw new ConnectionCut('cut within the request');
}

function statusResponse(fault: StatusFault, providerReply: ProviderReply): Response {
  const body = 'body' in fault ? fault.body : providerReply.body;
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const headers = new Headers(text === undefined ? {} : { 'content-type': text === body ? 'text/plain' : 'application/json' });
  for (const [name, value] of Object.entries({ ...providerReply.headers, ...fault.headers })) headers.set(name, value);
  const isBodyless = fault.status === 204 || fault.status === 304;
  return new Response(isBodyless ? null : (text ?? null), { status: fault.status, headers });
}
