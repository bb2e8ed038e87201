import { drive as driveService } from '@googleapis/drive';
import { sampleDocument } from '@spotdraft-archive/testkit';
import { GoogleAuth, JWT, OAuth2Client } from 'google-auth-library';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GoogleDriveAuth } from '../src/index.ts';
import { type DriveHarness, driveHarness, driveOn } from './drive-harness.ts';

const scopes = ['https://www.googleapis.com/auth/drive'];

let harness: DriveHarness;
beforeEach(async () => {
  harness = await driveHarness({ isSharedDrive: true });
});
afterEach(() => harness.cleanup?.());

/** A service account that is content manager of a shared drive. */
function member() {
  const { emulator } = harness;
  const key = emulator.createServiceAccount();
  return {
    key,
    folderId: emulator.state.createSharedDrive('Contracts', { [key.client_email]: 'fileOrganizer', [emulator.account]: 'organizer' }),
  };
}

/** Puts three documents at once, then one after Google forgot its tokens. Answers how many tokens were asked for. */
async function archiveWith(auth: GoogleDriveAuth, folderId: string): Promise<number> {
  const { emulator } = harness;
  const destination = driveOn(emulator, { auth, folderId });
  const before = emulator.requests.count({ origin: 'oauth' });
  await Promise.all([1, 2, 3].map(() => destination.put(sampleDocument(destination))));
  emulator.accounts.revokeTokens();
  await destination.put(sampleDocument(destination));
  return emulator.requests.count({ origin: 'oauth' }) - before;
}

/** The vendor's clients find the emulator through their own `fetch`. */
function transporterOptions() {
  const { emulator } = harness;
  return { fetchImplementation: emulator.fetch };
}

describe('auth', () => {
  it('takes a function, shares one token among callers, and asks once more after a 401', async () => {
    const { emulator } = harness;
    const { folderId } = member();
    let asked = 0;
    const auth = async () => {
      asked += 1;
      return emulator.accounts.issueToken({ account: emulator.account, projectId: emulator.projectId, scopes });
    };
    await archiveWith(auth, folderId);
    expect(asked).toBe(2);
  });

  it('takes the key of a service account', async () => {
    const { key, folderId } = member();
    expect(await archiveWith({ serviceAccount: key }, folderId)).toBe(2);
  });

  it('lets a service account act for a user', async () => {
    const { emulator } = harness;
    const { key } = member();
    const auth = { serviceAccount: { ...key, subject: emulator.account } };
    const destination = driveOn(emulator, { auth, retry: { maxTries: 1 } });
    await expect(destination.put(sampleDocument(destination))).rejects.toMatchObject({
      code: 'destination.unauthorized',
      hint: expect.stringContaining('Domain-wide delegation'),
    });
    emulator.accounts.delegates.add(key.client_email);
    expect(await archiveWith(auth, emulator.folderId)).toBe(2);
  });

  it('says what to do when the key of the service account was deleted', async () => {
    const { emulator } = harness;
    const { key, folderId } = member();
    emulator.accounts.deleteServiceAccountKeys();
    const destination = driveOn(emulator, { auth: { serviceAccount: key }, folderId, retry: { maxTries: 1 } });
    await expect(destination.put(sampleDocument(destination))).rejects.toMatchObject({
      code: 'destination.unauthorized',
      hint: expect.stringContaining('new key'),
    });
  });

  it('takes an OAuth2Client of google-auth-library', async () => {
    const { emulator } = harness;
    const { clientId, clientSecret, refreshToken } = emulator.createRefreshToken();
    const client = new OAuth2Client({ clientId, clientSecret, transporterOptions: transporterOptions() });
    client.setCredentials({ refresh_token: refreshToken });
    expect(await archiveWith(client, emulator.folderId)).toBe(2);
  });

  it('takes a JWT client of google-auth-library', async () => {
    const { key, folderId } = member();
    const client = new JWT({ email: key.client_email, key: key.private_key, scopes, transporterOptions: transporterOptions() });
    expect(await archiveWith(client, folderId)).toBe(2);
  });

  it('takes a GoogleAuth of google-auth-library', async () => {
    const { key, folderId } = member();
    const auth = new GoogleAuth({ credentials: key, scopes, clientOptions: { transporterOptions: transporterOptions() } });
    expect(await archiveWith(auth, folderId)).toBe(2);
  });

  it('takes a drive object of @googleapis/drive', async () => {
    const { key, folderId } = member();
    const auth = new JWT({ email: key.client_email, key: key.private_key, scopes, transporterOptions: transporterOptions() });
    expect(await archiveWith(driveService({ version: 'v3', auth }), folderId)).toBe(2);
  });

  it('says that a user took the consent back', async () => {
    const { emulator } = harness;
    const { clientId, clientSecret, refreshToken } = emulator.createRefreshToken();
    const client = new OAuth2Client({ clientId, clientSecret, transporterOptions: transporterOptions() });
    client.setCredentials({ refresh_token: refreshToken });
    emulator.accounts.revokeRefreshTokens();
    const destination = driveOn(emulator, { auth: client, retry: { maxTries: 1 } });
    const put = destination.put(sampleDocument(destination));
    await expect(put).rejects.toMatchObject({ code: 'destination.unauthorized', recovery: 'operator' });
    await expect(put).rejects.not.toThrow(refreshToken);
  });
});
