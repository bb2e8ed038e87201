import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientSecretCredential, type TokenCredentialOptions } from '@azure/identity';
import { ConfidentialClientApplication, type INetworkModule } from '@azure/msal-node';
import {
  AuthenticationHandler,
  Client,
  type Context,
  FileUpload,
  LargeFileUploadTask,
  type PageCollection,
  PageIterator,
  ResponseType,
} from '@microsoft/microsoft-graph-client';
import { type MicrosoftGraphEmulator, sampleDocument } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GraphAuth } from '../src/index.ts';
import { type LibraryHarness, libraryHarness, libraryOn } from './library-harness.ts';

let harness: LibraryHarness;
let emulator: MicrosoftGraphEmulator;
beforeEach(async () => {
  harness = await libraryHarness();
  ({ emulator } = harness);
});
afterEach(() => harness.cleanup?.());

/** Puts three documents at once, then one after the tokens were revoked. Answers how many tokens were asked for. */
async function archiveWith(auth: GraphAuth): Promise<number> {
  const destination = libraryOn(emulator, { auth });
  await Promise.all([1, 2, 3].map(() => destination.put(sampleDocument(destination))));
  emulator.directory.revokeTokens();
  await destination.put(sampleDocument(destination));
  return emulator.requests.count({ origin: 'login', method: 'POST', path: /token$/ });
}

const authority = 'https://login.microsoftonline.com';

/** Microsoft's libraries insist on https, so they reach the emulator without a socket. */
function networkClient(): INetworkModule {
  const send = async (method: string, url: string, options?: { headers?: Record<string, string>; body?: string }) => {
    const response = await emulator.fetch(url, { method, headers: options?.headers ?? {}, body: options?.body ?? null });
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.json() };
  };
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options) as never,
    sendPostRequestAsync: (url, options) => send('POST', url, options) as never,
  };
}

function httpClient(): NonNullable<TokenCredentialOptions['httpClient']> {
  return {
    async sendRequest(request) {
      const headers = request.headers.toJSON();
      const response = await emulator.fetch(request.url, {
        method: request.method,
        headers,
        body: (request.body as string | undefined) ?? null,
      });
      const bodyAsText = await response.text();
      return { request, status: response.status, headers: request.headers, bodyAsText };
    },
  };
}

describe('auth', () => {
  it('takes a function, shares one token among callers, and asks once more after a 401', async () => {
    let asked = 0;
    await archiveWith(async () => {
      asked += 1;
      return emulator.directory.issueToken({ app: emulator.app, scopes: emulator.app.permissions });
    });
    expect(asked).toBe(2);
  });

  it('takes the secret of an app', async () => {
    const { tenantId, app } = emulator;
    expect(await archiveWith({ tenantId, clientId: app.clientId, clientSecret: app.clientSecret })).toBe(2);
    const secrets = emulator.requests.list({ origin: 'login' }).map(({ query }) => query.toString());
    expect(secrets.join('')).not.toContain(app.clientSecret);
  });

  it('says what to do when the secret is refused, and does not tell it', async () => {
    const { tenantId, app } = emulator;
    const destination = libraryOn(emulator, { auth: { tenantId, clientId: app.clientId, clientSecret: 'wrong-secret' } });
    const error = await destination.stat('1').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'destination.unauthorized', recovery: 'operator', hint: expect.stringContaining('secret') });
    expect(JSON.stringify(error) + String(error)).not.toContain('wrong-secret');
  });

  it.skipIf(!hasOpenssl())('takes the certificate of an app (skipped without openssl, which makes one)', async () => {
    const { privateKey, publicCertificate } = makeCertificate();
    const { tenantId } = emulator;
    const { clientId } = emulator.directory.addApp({ tenantId, publicCertificate });
    expect(await archiveWith({ tenantId, clientId, certificate: { privateKey, publicCertificate } })).toBe(2);
  });

  it('takes a refresh token of a user, for an app of the kind "web" with its secret, and hands out each new one', async () => {
    const { directory, tenantId, work } = emulator;
    const { clientId, clientSecret = '' } = directory.addApp({ tenantId, clientSecret: 'web-app-secret' });
    const scopes = ['Sites.Manage.All', 'offline_access'];
    const refreshToken = directory.issueRefreshToken({ app: directory.app(clientId)!, user: work.user, scopes });
    const kept: string[] = [];
    const onRefreshToken = async (next: string) => {
      kept.push(next);
    };
    expect(await archiveWith({ tenantId, clientId, clientSecret, refreshToken, onRefreshToken })).toBe(2);
    expect(new Set([refreshToken, ...kept]).size).toBe(3);
    const wrong = libraryOn(emulator, { auth: { tenantId, clientId, clientSecret: 'another', refreshToken: kept.at(-1) ?? '' } });
    await expect(wrong.stat('1')).rejects.toMatchObject({ code: 'destination.unauthorized', recovery: 'operator' });
  });

  it('goes on with the newest refresh token when keeping one has failed', async () => {
    const { clientId, refreshToken } = emulator.createRefreshToken();
    const kept: string[] = [];
    const onRefreshToken = async (next: string) => {
      kept.push(next);
      if (kept.length === 1) throw new Error('disk full');
    };
    const destination = libraryOn(emulator, { auth: { tenantId: 'consumers', clientId, refreshToken, onRefreshToken } });
    expect(await destination.stat('1')).toBeUndefined();
    expect(new Set([refreshToken, ...kept]).size).toBe(3);
  });

  it('takes a credential of @azure/identity', async () => {
    const { tenantId, app } = emulator;
    const options = { authorityHost: authority, disableInstanceDiscovery: true, httpClient: httpClient() };
    expect(await archiveWith(new ClientSecretCredential(tenantId, app.clientId, app.clientSecret, options))).toBe(2);
  });

  it('takes a ConfidentialClientApplication of @azure/msal-node', async () => {
    const { tenantId, app } = emulator;
    const auth = { clientId: app.clientId, clientSecret: app.clientSecret, authority: `${authority}/${tenantId}` };
    const application = new ConfidentialClientApplication({ auth, system: { networkClient: networkClient() } });
    expect(await archiveWith(application)).toBe(2);
  });

  it('takes a Client of @microsoft/microsoft-graph-client', async () => {
    let asked = 0;
    const getAccessToken = async () => {
      asked += 1;
      return emulator.directory.issueToken({ app: emulator.app, scopes: emulator.app.permissions });
    };
    await archiveWith(Client.initWithMiddleware({ authProvider: { getAccessToken } }));
    expect(asked).toBe(2);
  });

  it('refuses a Client without an authentication provider', () => {
    const client = Client.initWithMiddleware({ middleware: { execute: async () => undefined } });
    expect(() => libraryOn(emulator, { auth: client })).toThrow('no authentication provider');
  });
});

describe("Microsoft's own client", () => {
  it('uploads, lists, describes and downloads in the emulated library', async () => {
    // It gives its token to https addresses only, so its requests end in the emulator's own `fetch`.
    const signIn = new AuthenticationHandler({ getAccessToken: async () => emulator.accessToken });
    signIn.setNext({
      async execute(context: Context) {
        context.response = await emulator.fetch(context.request, context.options);
      },
    });
    const client = Client.initWithMiddleware({ middleware: signIn });
    const drive = `/drives/${emulator.library.id}`;
    const stored = (await client.api(`${drive}/root:/Legal/hello.txt:/content`).put('hello')) as { id: string };
    const { value } = (await client.api(`${drive}/root:/Legal:/children`).get()) as { value: { name: string; id: string }[] };
    expect(value).toMatchObject([{ name: 'hello.txt', id: stored.id }]);
    await client.api(`${drive}/items/${stored.id}`).patch({ name: 'greeting.txt' });
    expect(await client.api(`${drive}/items/${stored.id}`).get()).toMatchObject({ name: 'greeting.txt', size: 5 });
    await expect(client.api(`${drive}/root:/Legal/hello.txt`).get()).rejects.toMatchObject({ statusCode: 404, code: 'itemNotFound' });
    const content = (await client.api(`${drive}/items/${stored.id}/content`).responseType(ResponseType.TEXT).get()) as string;
    expect(content).toBe('hello');

    await client.api(`${drive}/root:/Legal/second.txt:/content`).put('second');
    const names: string[] = [];
    const firstPage = (await client.api(`${drive}/root:/Legal:/children?$top=1`).get()) as PageCollection;
    await new PageIterator(client, firstPage, ({ name }: { name: string }) => names.push(name) > 0).iterate();
    expect(names).toEqual(['greeting.txt', 'second.txt']);
  });

  it('uploads in ranges', async () => {
    // It takes addresses for its own unless they are https, so the addresses of sessions stand under another name.
    const standIn = 'https://uploads.invalid';
    const client = Client.initWithMiddleware({
      middleware: {
        async execute(context: Context) {
          const url = String(context.request).replace(standIn, emulator.urls.uploads);
          const token = url.startsWith(emulator.urls.uploads) ? {} : { authorization: `Bearer ${emulator.accessToken}` };
          const headers = { ...(context.options?.headers as Record<string, string>), ...token };
          context.response = await emulator.fetch(url, { ...context.options, headers });
        },
      },
    });
    const address = `/drives/${emulator.library.id}/root:/large.pdf:/createUploadSession`;
    const session = await LargeFileUploadTask.createUploadSession(client, address, { item: {} });
    session.url = session.url.replace(emulator.urls.uploads, standIn);
    const bytes = Buffer.alloc(700_000, 'large');
    const upload = new LargeFileUploadTask(client, new FileUpload(bytes, 'large.pdf', bytes.byteLength), session, { rangeSize: 327_680 });
    expect((await upload.upload()).responseBody).toMatchObject({ name: 'large.pdf', size: bytes.byteLength });
    expect(emulator.requests.count({ origin: 'uploads', method: 'PUT' })).toBe(3);
  });
});

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function makeCertificate(): { readonly privateKey: string; readonly publicCertificate: string } {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=archive', '-days', '2', '-nodes'];
  try {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-keyout', key, '-out', certificate, ...subject], { stdio: 'ignore' });
    return { privateKey: readFileSync(key, 'utf8'), publicCertificate: readFileSync(certificate, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
