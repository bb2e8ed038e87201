import { ArchiveError } from '@spotdraft-archive/core/destination';
import { sampleDocument } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GoogleDriveOptions } from '../src/index.ts';
import { type DriveHarness, driveHarness, driveOn } from './drive-harness.ts';

let harness: DriveHarness;
beforeEach(async () => {
  harness = await driveHarness();
});
afterEach(() => harness.cleanup?.());

async function failureOf(options: Partial<GoogleDriveOptions> = {}): Promise<ArchiveError> {
  const destination = driveOn(harness.emulator, { retry: { maxTries: 1 }, ...options });
  const error: unknown = await destination
    .put(sampleDocument(destination), { saveCheckpoint: async () => {} })
    .catch((reason: unknown) => reason);
  if (!ArchiveError.isInstance(error)) throw new Error(`Not an ArchiveError: ${String(error)}`);
  return error;
}

describe('put', () => {
  it('says that the credentials are no good when the token is refused', async () => {
    expect(await failureOf({ auth: 'revoked' })).toMatchObject({ code: 'destination.unauthorized', recovery: 'operator' });
  });

  it('says that the folder is missing when nobody shared it with the account', async () => {
    const auth = harness.emulator.accounts.issueToken({
      account: 'other@example.com',
      projectId: 'p',
      scopes: ['https://www.googleapis.com/auth/drive'],
    });
    expect(await failureOf({ auth })).toMatchObject({
      code: 'destination.folder_not_found',
      recovery: 'operator',
      hint: expect.stringContaining('Editor'),
    });
  });

  it('says that a right is missing when the account may only read', async () => {
    const { accounts, state, folderId } = harness.emulator;
    state.share(folderId, 'reader@example.com', 'reader');
    const auth = accounts.issueToken({ account: 'reader@example.com', projectId: 'p', scopes: ['https://www.googleapis.com/auth/drive'] });
    expect(await failureOf({ auth })).toMatchObject({
      code: 'destination.forbidden',
      recovery: 'operator',
      hint: expect.stringContaining('Editor'),
    });
  });

  it('says which scope is missing', async () => {
    const { account, accounts } = harness.emulator;
    const auth = accounts.issueToken({ account, projectId: 'p', scopes: ['openid'] });
    expect(await failureOf({ auth })).toMatchObject({ code: 'destination.forbidden', hint: expect.stringContaining('auth/drive') });
  });

  it('tells a service account without a shared drive what it lacks', async () => {
    const { emulator } = harness;
    const serviceAccount = emulator.createServiceAccount();
    emulator.state.share(emulator.folderId, serviceAccount.client_email, 'writer');
    expect(await failureOf({ auth: { serviceAccount } })).toMatchObject({
      code: 'destination.quota_exceeded',
      recovery: 'operator',
      hint: expect.stringMatching(/Service accounts own no storage.*shared drive/),
    });
  });

  const answers = [
    { status: 403, reason: 'storageQuotaExceeded', code: 'destination.quota_exceeded', recovery: 'operator' },
    { status: 403, reason: 'teamDriveFileLimitExceeded', code: 'destination.quota_exceeded', recovery: 'operator' },
    { status: 403, reason: 'rateLimitExceeded', code: 'destination.rate_limited', recovery: 'retry' },
    { status: 403, reason: 'userRateLimitExceeded', code: 'destination.rate_limited', recovery: 'retry' },
    { status: 403, reason: 'dailyLimitExceeded', code: 'destination.rate_limited', recovery: 'retry' },
    { status: 429, reason: 'rateLimitExceeded', code: 'destination.rate_limited', recovery: 'retry' },
    { status: 403, reason: 'accessNotConfigured', code: 'destination.forbidden', recovery: 'operator' },
    { status: 403, reason: 'appNotAuthorizedToFile', code: 'destination.forbidden', recovery: 'operator' },
    { status: 413, reason: 'uploadTooLarge', code: 'destination.too_large', recovery: 'never' },
    { status: 500, reason: 'internalError', code: 'destination.unavailable', recovery: 'retry' },
    { status: 503, reason: 'backendError', code: 'destination.unavailable', recovery: 'retry' },
    { status: 400, reason: 'invalid', code: 'destination.unexpected_answer', recovery: 'operator' },
  ];
  it.each(answers)('takes $status $reason for $code', async ({ status, reason, code, recovery }) => {
    const body = { error: { code: status, message: 'Confidential Counterparty', errors: [{ domain: 'global', reason, message: 'x' }] } };
    harness.emulator.faults.inject({ kind: 'status', status, body, path: '/upload/drive/v3/files' });
    const error = await failureOf();
    expect(error).toMatchObject({ code, recovery, hint: expect.any(String), details: { reason } });
    expect(error.message).not.toContain('Confidential');
  });

  it('waits and goes on when Drive says by 403 that it is too much', async () => {
    harness.emulator.faults.inject({ kind: 'status', status: 403, path: '/upload/drive/v3/files' });
    const { destination } = harness;
    expect((await destination.put(sampleDocument(destination))).outcome).toBe('stored');
    expect(harness.emulator.requests.count({ path: '/upload/drive/v3/files' })).toBe(2);
  });

  it('holds back other requests, too, while Drive wants a pause', async () => {
    const { destination, emulator } = harness;
    await destination.put(sampleDocument(destination));
    emulator.faults.inject({ kind: 'status', status: 429, headers: { 'retry-after': '300' } });
    await expect(destination.stat('1')).rejects.toMatchObject({ code: 'destination.rate_limited', retryAfterMs: 300_000 });
    emulator.requests.mark('paused');
    await expect(destination.put(sampleDocument(destination))).rejects.toMatchObject({ code: 'destination.rate_limited' });
    expect(emulator.requests.count({ since: 'paused' })).toBe(0);
  });

  it('refuses a key that no property can hold before anything is sent', async () => {
    const { destination, emulator } = harness;
    const document = sampleDocument(destination, { key: 'k'.repeat(200) });
    await expect(destination.put(document)).rejects.toMatchObject({ code: 'destination.unsupported' });
    expect(emulator.requests.count({ method: 'POST', path: '/upload/drive/v3/files' })).toBe(0);
  });
});

describe('check', () => {
  async function lastFinding(options: Partial<GoogleDriveOptions>) {
    const { ok, findings } = await driveOn(harness.emulator, { retry: { maxTries: 1 }, ...options }).check();
    expect(ok).toBe(false);
    return findings.at(-1);
  }

  it('names the account, the folder, the right to write and the storage', async () => {
    const { ok, findings } = await harness.destination.check();
    expect(ok).toBe(true);
    expect(findings.map(({ subject }) => subject)).toEqual(['credentials', 'folder', 'permission to write', 'storage']);
    expect(findings[0]?.message).toContain(harness.emulator.account);
  });

  it('stops at credentials that are no good', async () => {
    expect(await lastFinding({ auth: 'revoked' })).toMatchObject({ subject: 'credentials', ok: false });
  });

  it('stops at a folder that is not there, lies in the bin or is a file', async () => {
    const { emulator } = harness;
    const { account, folderId: rootId, state } = emulator;
    const file = await state.writeFile({ folders: [], name: 'A.pdf' }, { rootId, account, bytes: new Uint8Array(3) });
    const binned = state.create({ name: 'Old', parentId: rootId, projectId: 'p', account });
    state.trash(binned.id);
    for (const folderId of ['1unknown', file.id, binned.id]) {
      expect(await lastFinding({ folderId })).toMatchObject({ subject: 'folder', ok: false, hint: expect.any(String) });
    }
  });

  it('stops at a folder that the account may only read', async () => {
    const { accounts, state, folderId } = harness.emulator;
    state.share(folderId, 'reader@example.com', 'reader');
    const auth = accounts.issueToken({ account: 'reader@example.com', projectId: 'p', scopes: ['https://www.googleapis.com/auth/drive'] });
    expect(await lastFinding({ auth })).toMatchObject({
      subject: 'permission to write',
      ok: false,
      hint: expect.stringContaining('Content manager'),
    });
  });

  it('tells a service account to use a shared drive', async () => {
    const { emulator } = harness;
    const serviceAccount = emulator.createServiceAccount();
    emulator.state.share(emulator.folderId, serviceAccount.client_email, 'writer');
    expect(await lastFinding({ auth: { serviceAccount } })).toMatchObject({
      subject: 'storage',
      hint: expect.stringContaining('shared drive'),
    });
  });
});
