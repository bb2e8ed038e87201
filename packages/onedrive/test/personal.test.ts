import { sampleDocument, startMicrosoftGraphEmulator } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { oneDrive } from '../src/index.ts';

const path = { folders: ['Acme'], name: 'Agreement.pdf' };

it('rotates refresh tokens: each new one is handed out before the old one is forgotten', async () => {
  const emulator = await startMicrosoftGraphEmulator();
  const { clientId, refreshToken } = emulator.createRefreshToken();
  const kept = [refreshToken];
  const onRefreshToken = async (next: string) => {
    kept.push(next);
  };
  const auth = { tenantId: 'consumers', clientId, refreshToken, onRefreshToken };
  const drive = oneDrive({ auth, cloud: emulator.cloud, drive: 'approot' });
  await Promise.all([1, 2].map(() => drive.put(sampleDocument(drive))));
  emulator.directory.revokeTokens();
  await drive.put(sampleDocument(drive));
  expect(new Set(kept).size).toBe(3);
  // The next process goes on with the last one; the first is used up.
  const next = oneDrive({ auth: { ...auth, refreshToken: kept.at(-1) ?? '' }, cloud: emulator.cloud, drive: 'approot' });
  expect(await next.check()).toMatchObject({ ok: true });
  const stale = oneDrive({ auth: { ...auth, refreshToken }, cloud: emulator.cloud, drive: 'approot' });
  expect(await stale.check()).toMatchObject({ ok: false, findings: [{ hint: expect.stringContaining('Sign in again') }] });
  await emulator.stop();
});

it('does not write over a foreign file that lies where a sidecar belongs', async () => {
  const emulator = await startMicrosoftGraphEmulator();
  const { cloud, personal } = emulator;
  const drive = oneDrive({ auth: personal.accessToken, cloud, account: 'personal' });
  await drive.put(sampleDocument(drive, { path: { ...path, name: 'Agreement.pdf.json' } }));
  await expect(drive.put(sampleDocument(drive, { path }))).rejects.toMatchObject({ code: 'destination.forbidden', recovery: 'operator' });
  await emulator.stop();
});

it('does not believe a sidecar that outlived its document', async () => {
  const emulator = await startMicrosoftGraphEmulator();
  const { cloud, personal } = emulator;
  const drive = oneDrive({ auth: personal.accessToken, cloud, account: 'personal' });
  const gone = sampleDocument(drive, { path });
  const { copy } = await drive.put(gone);
  personal.drive.remove(personal.drive.find(copy.id)!);
  const successor = sampleDocument(drive, { path });
  expect((await drive.put(successor)).copy.key).toBe(successor.key);
  expect(await drive.find({ key: gone.key, path })).toBeUndefined();
  await emulator.stop();
});
