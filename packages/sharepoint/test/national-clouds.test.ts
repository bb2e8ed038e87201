import { type MicrosoftGraphEmulator, sampleDocument, startMicrosoftGraphEmulator } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { libraryOn } from './library-harness.ts';

let emulator: MicrosoftGraphEmulator;
beforeEach(async () => {
  emulator = await startMicrosoftGraphEmulator();
});
afterEach(() => emulator.stop());

interface Sent {
  readonly host: string;
  readonly path: string;
  readonly hasToken: boolean;
  /** What was sent as a form. */
  readonly form: URLSearchParams;
}

/** Notes where requests go, and lets the emulator answer for the hosts of a cloud. */
function recordingFetch(sent: Sent[], hosts: Readonly<Record<string, string>>): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const form = new URLSearchParams(
      init?.body instanceof Uint8Array && url.pathname.endsWith('/token') ? new TextDecoder().decode(init.body) : '',
    );
    sent.push({ host: url.host, path: url.pathname, hasToken: new Headers(init?.headers).has('authorization'), form });
    return fetch(new URL(url.pathname + url.search, hosts[url.host] ?? url), init);
  };
}

const clouds = [
  ['global', 'graph.microsoft.com', 'login.microsoftonline.com'],
  ['us-government', 'graph.microsoft.us', 'login.microsoftonline.us'],
  ['us-government-dod', 'dod-graph.microsoft.us', 'login.microsoftonline.us'],
  ['china', 'microsoftgraph.chinacloudapi.cn', 'login.chinacloudapi.cn'],
] as const;

describe.each(clouds)('cloud: %s', (cloud, graphHost, loginHost) => {
  it(`asks ${loginHost} for a token to ${graphHost}, and shows it to no other host`, async () => {
    const { urls, tenantId, app } = emulator;
    const sent: Sent[] = [];
    const auth = { tenantId, clientId: app.clientId, clientSecret: app.clientSecret };
    const destination = libraryOn(emulator, {
      auth,
      cloud,
      fetch: recordingFetch(sent, { [graphHost]: urls.graph, [loginHost]: urls.login }),
    });
    expect(await destination.check()).toMatchObject({ ok: true });
    const { copy } = await destination.put(sampleDocument(destination, { size: 700_000 }));
    await (await destination.open(copy.id)).cancel();

    const logins = sent.filter(({ host }) => host === loginHost);
    expect(logins.map(({ path, form }) => [path, form.get('scope')])).toEqual([
      [`/${tenantId}/oauth2/v2.0/token`, `https://${graphHost}/.default`],
    ]);
    const signed = [urls.uploads, urls.downloads].map((url) => new URL(url).host);
    expect(new Set(sent.map(({ host }) => host))).toEqual(new Set([graphHost, loginHost, ...signed]));
    expect(new Set(sent.filter(({ hasToken }) => hasToken).map(({ host }) => host))).toEqual(new Set([graphHost]));
    const tellsSecret = sent.filter(({ form }) => form.has('client_secret'));
    expect(new Set(tellsSecret.map(({ host }) => host))).toEqual(new Set([loginHost]));
  });
});

it('never follows a list to the next page on another host', async () => {
  const sent: Sent[] = [];
  const hosts = { 'graph.microsoft.us': emulator.url };
  const record = recordingFetch(sent, hosts);
  const elsewhere: typeof fetch = async (input, init) => {
    const response = await record(input, init);
    if (!new URL(input instanceof Request ? input.url : input).pathname.endsWith('/drives')) return response;
    return Response.json({ value: [], '@odata.nextLink': 'https://graph.example/v1.0/next' });
  };
  const destination = libraryOn(emulator, { cloud: 'us-government', fetch: elsewhere });
  await expect(destination.stat('1')).rejects.toMatchObject({ name: expect.any(String) });
  expect(sent.map(({ host }) => host)).not.toContain('graph.example');
});
