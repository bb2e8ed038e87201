import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { ConfigurationError, createSpotDraftClient, type SpotDraftClientOptions } from '../../src/index.ts';
import { scriptedFetch } from './scripted-fetch.ts';
import { executed } from './test-client.ts';

const credentials = { clientId: 'id', clientSecret: 'secret' };

function problemWith(options: object): ConfigurationError {
  try {
    createSpotDraftClient(options as SpotDraftClientOptions);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('Nothing was wrong.');
}

it.each([
  [{ ...credentials }, 'region', 'SPOTDRAFT_REGION'],
  [{ ...credentials, region: 'uk' }, 'region', 'SPOTDRAFT_REGION'],
  [{ ...credentials, region: 'us', baseUrl: 'https://api.us.spotdraft.com' }, 'baseUrl', 'one'],
  [{ ...credentials, baseUrl: 'http://api.us.spotdraft.com' }, 'baseUrl', 'SPOTDRAFT_BASE_URL'],
  [{ ...credentials, baseUrl: 'https://user:word@api.us.spotdraft.com' }, 'baseUrl', 'SPOTDRAFT_BASE_URL'],
  [{ ...credentials, baseUrl: 'api.us.spotdraft.com' }, 'baseUrl', 'SPOTDRAFT_BASE_URL'],
  [{ region: 'us', clientSecret: 'secret' }, 'clientId', 'SPOTDRAFT_CLIENT_ID'],
  [{ region: 'us', clientId: 'id', clientSecret: '' }, 'clientSecret', 'SPOTDRAFT_CLIENT_SECRET'],
  [{ region: 'us', clientId: 'id', clientSecret: 'sec-ret-42\n' }, 'clientSecret', 'SPOTDRAFT_CLIENT_SECRET'],
  [{ ...credentials, region: 'us', userEmail: 'a b@example.com' }, 'userEmail', 'SPOTDRAFT_USER_EMAIL'],
  [{ ...credentials, region: 'us', requestsPerSecond: 0 }, 'requestsPerSecond', 'default'],
  [{ ...credentials, region: 'us', concurrency: 1.5 }, 'concurrency', 'default'],
  [{ ...credentials, region: 'us', retry: { attempts: 0 } }, 'retry.attempts', 'default'],
  [{ ...credentials, region: 'us', source: 'a/b' }, 'source', 'default'],
])('names the option and the remedy for %o', (options, option, remedy) => {
  const error = problemWith(options);
  expect(error.message).toContain(`"${option}"`);
  expect(error.hint).toContain(remedy);
  expect(inspect(error)).not.toContain('sec-ret-42');
});

it.each([
  [{ region: 'eu' }, 'eu'],
  [{ baseUrl: 'https://uat.example.com' }, 'uat.example.com'],
  [{ baseUrl: 'http://127.0.0.1:8080' }, '127.0.0.1:8080'],
  [{ baseUrl: 'http://[::1]:8080/' }, '[::1]:8080'],
  [{ region: 'eu', source: 'eu-sandbox' }, 'eu-sandbox'],
])('names the place of %o', (place, source) => {
  expect(createSpotDraftClient({ ...credentials, ...place } as SpotDraftClientOptions).source).toBe(source);
});

it.each([
  [{ region: 'in' }, 'https://api.in.spotdraft.com/api/v2.1/public/contracts/T-7/status'],
  [{ baseUrl: 'https://api.us.spotdraft.com/api/' }, 'https://api.us.spotdraft.com/api/v2.1/public/contracts/T-7/status'],
  [{ baseUrl: 'https://gateway.example/spotdraft' }, 'https://gateway.example/spotdraft/api/v2.1/public/contracts/T-7/status'],
])('asks the right address for %o', async (place, address) => {
  const { fetch, sent } = scriptedFetch(executed());
  await createSpotDraftClient({ ...credentials, ...place, fetch, userEmail: 'me@example.com' } as SpotDraftClientOptions).contracts.status(
    'T-7',
  );
  expect(sent[0]?.url.href).toBe(address);
  expect(Object.fromEntries(sent[0]?.headers ?? [])).toEqual({
    accept: 'application/json',
    'client-id': 'id',
    'client-secret': 'secret',
    'user-email': 'me@example.com',
  });
});
