import { drive as driveService } from '@googleapis/drive';
import { sampleDocument } from '@spotdraft-archive/testkit';
import { GoogleAuth, JWT, OAuth2Client } from 'google-auth-library';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { archiveWith, scopes, sharedDriveMember, transporterOptions } from './archive-with.ts';
import { type DriveHarness, driveHarness, driveOn } from './drive-harness.ts';

let harness: DriveHarness;
beforeEach(async () => {
  harness = await driveHarness({ isSharedDrive: true });
});
afterEach(() => harness.cleanup?.());

describe('auth', () => {
  it('takes a function, shares one token among callers, and asks once more after a 401', async () => {
    const { emulator } = harness;
    const { folderId } = sharedDriveMember(harness);
    let asked = 0;
    const auth = async () => {
      asked += 1;
      return emulator.accounts.issueToken({ account: emulator.account, projectId: emulator.projectId, scopes });
    };
    await archiveWith(harness, { auth, folderId });
    expect(asked).toBe(2);
  });

  it('takes the key of a service account', async () => {
    const { key, folderId } = sharedDriveMember(harness);
    expect(await archiveWith(harness, { auth: { serviceAccount: key }, folderId })).toBe(2);
  });

  it('lets a service account act for a user', async () => {
    const { emulator } = harness;
    const { key } = sharedDriveMember(harness);
    const auth = { serviceAccount: { ...key, subject: emulator.account } };
    const destination = driveOn(emulator, { auth, retry: { maxTries: 1 } });
    await expect(destination.put(sampleDocument(destination))).rejects.toMatchObject({
      code: 'destination.unauthorized',
      hint: expect.stringContaining('Domain-wide delegation'),
    });
    emulator.accounts.delegates.add(key.client_email);
    expect(await archiveWith(harness, { auth, folderId: emulator.folderId })).toBe(2);
  });

  it('says what to do when the key of the service account was deleted', async () => {
    const { emulator } = harness;
    const { key, folderId } = sharedDriveMember(harness);
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
    const client = new OAuth2Client({ clientId, clientSecret, transporterOptions: transporterOptions(harness) });
    client.setCredentials({ refresh_token: refreshToken });
    expect(await archiveWith(harness, { auth: client, folderId: emulator.folderId })).toBe(2);
  });

  it('takes a JWT client of google-auth-library', async () => {
    const { key, folderId } = sharedDriveMember(harness);
    const client = new JWT({ email: key.client_email, key: key.private_key, scopes, transporterOptions: transporterOptions(harness) });
    expect(await archiveWith(harness, { auth: client, folderId })).toBe(2);
  });

  it('takes a GoogleAuth of google-auth-library', async () => {
    const { key, folderId } = sharedDriveMember(harness);
    const auth = new GoogleAuth({ credentials: key, scopes, clientOptions: { transporterOptions: transporterOptions(harness) } });
    expect(await archiveWith(harness, { auth, folderId })).toBe(2);
  });

  it('takes a drive object of @googleapis/drive', async () => {
    const { key, folderId } = sharedDriveMember(harness);
    const auth = new JWT({ email: key.client_email, key: key.private_key, scopes, transporterOptions: transporterOptions(harness) });
    expect(await archiveWith(harness, { auth: driveService({ version: 'v3', auth }), folderId })).toBe(2);
  });

  it('says that a user took the consent back', async () => {
    const { emulator } = harness;
    const { clientId, clientSecret, refreshToken } = emulator.createRefreshToken();
    const client = new OAuth2Client({ clientId, clientSecret, transporterOptions: transporterOptions(harness) });
    client.setCredentials({ refresh_token: refreshToken });
    emulator.accounts.revokeRefreshTokens();
    const destination = driveOn(emulator, { auth: client, retry: { maxTries: 1 } });
    const put = destination.put(sampleDocument(destination));
    await expect(put).rejects.toMatchObject({ code: 'destination.unauthorized', recovery: 'operator' });
    await expect(put).rejects.not.toThrow(refreshToken);
  });
});
