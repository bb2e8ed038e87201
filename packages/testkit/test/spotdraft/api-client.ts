import { afterEach } from 'vitest';
import { type SpotDraftEmulator, type SpotDraftEmulatorOptions, startSpotDraftEmulator } from '../../src/emulators.ts';

const running: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
});

/** Stops something when the test has ended. */
export function stopAfterTest<Stoppable extends { stop(): Promise<void> }>(stoppable: Stoppable): Stoppable {
  running.push(stoppable);
  return stoppable;
}

/** Starts an emulator without a server and without a rate limit, and stops it when the test has ended. */
export async function startQuietEmulator(options: SpotDraftEmulatorOptions = {}): Promise<SpotDraftEmulator> {
  return stopAfterTest(await startSpotDraftEmulator({ listen: false, rateLimit: false, ...options }));
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a request with the emulator's credentials. `path` follows `/api/`. */
export async function call(emulator: SpotDraftEmulator, route: string, { body, headers }: CallOptions = {}): Promise<Response> {
  const [method = 'GET', path = ''] = route.split(' ');
  return emulator.fetch(`${emulator.url}/api/${path}`, {
    method,
    redirect: 'manual',
    headers: {
      'client-id': emulator.clientId,
      'client-secret': emulator.clientSecret,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** The JSON of an answer, whatever its status. */
export async function json<Body = Record<string, unknown>>(answer: Promise<Response>): Promise<Body> {
  return (await (await answer).json()) as Body;
}
