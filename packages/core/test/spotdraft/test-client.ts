import { createSpotDraftClient, type SpotDraftClient, type SpotDraftClientOptions } from '../../src/index.ts';
import { type Answer, type ScriptedFetch, scriptedFetch } from './scripted-fetch.ts';

export const clientSecret = 'top-secret-7f3a';
export const clientId = 'client-id-41c9';

type OtherOptions = Partial<Omit<SpotDraftClientOptions, 'region' | 'baseUrl'>> & { readonly baseUrl?: string };

export interface TestClient extends ScriptedFetch {
  readonly client: SpotDraftClient;
}

/** A client that is answered as told, is in no hurry to be polite, and waits for nothing between two tries. */
export function testClient(answers: readonly Answer[], options: OtherOptions = {}): TestClient {
  const scripted = scriptedFetch(...answers);
  const client = createSpotDraftClient({
    baseUrl: 'https://api.eu.spotdraft.com',
    clientId,
    clientSecret,
    fetch: scripted.fetch,
    requestsPerSecond: 1000,
    ...options,
    retry: { firstDelayMs: 0, ...options.retry },
  });
  return { ...scripted, client };
}

export const executed = (): Response => Response.json({ contract_status: 'EXECUTED', contract_name: 'NDA' });

/** What a call that has to fail rejects with. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => {
      throw new Error('It did not fail.');
    },
    (error: unknown) => error,
  );
}
