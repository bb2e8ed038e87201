import {
  createTokenSource,
  type FetchToken,
  readPrivateKey,
  requestAccessToken,
  signAssertion,
  type TokenSource,
} from '@spotdraft-archive/core/destination';

export interface ServiceAccount {
  readonly email: string;
  readonly privateKey: string;
}

const url = 'https://login.shelf.example/token';

export function tokensOf(account: ServiceAccount): TokenSource {
  // Read now, so that a wrong key fails when the destination is made.
  const privateKey = readPrivateKey(account.privateKey, { provider: 'shelf', option: 'auth.privateKey' });
  const auth: FetchToken = async ({ signal }) => {
    const claims = { iss: account.email, aud: url };
    const assertion = await signAssertion({ privateKey, claims, issuedAtMs: Date.now() });
    const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
    const hints = { invalid_grant: 'The service account was deleted or its key revoked. Make a new key.' };
    return (await requestAccessToken({ provider: 'shelf', url, form, hints, signal })).token;
  };
  return createTokenSource({ provider: 'shelf', auth, hint: 'Make a new key for the service account.' });
}
