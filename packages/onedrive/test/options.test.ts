import { sampleDocument, startMicrosoftGraphEmulator } from '@spotdraft-archive/testkit';
import { describe, expect, it } from 'vitest';
import { oneDrive } from '../src/index.ts';

describe('options', () => {
  it.each([
    [{ auth: '' }, '"auth"'],
    [{ auth: 'token', drive: 'mine' as 'me' }, '"drive"'],
    [{ auth: 'token', drive: { user: '' } }, '"drive"'],
    [{ auth: 'token', cloud: 'mars' as 'china' }, '"cloud"'],
  ])('are refused at once: %o', (wrong, named) => {
    expect(() => oneDrive(wrong)).toThrow(named);
  });

  it('tell the kind of account by the id of the drive', () => {
    const capabilitiesOf = (driveId: string) => oneDrive({ auth: 'token', drive: { driveId } }).capabilities;
    expect(capabilitiesOf('b!abc')).toMatchObject({ keyLookup: 'immediate', metadata: 'native', altersMediaTypes: [] });
    expect(capabilitiesOf('0123456789ABCDEF')).toMatchObject({ keyLookup: 'path-only', metadata: 'sidecar' });
  });
});

describe('check', () => {
  it('finds the drive of a user for an app that acts by itself', async () => {
    const emulator = await startMicrosoftGraphEmulator();
    const { cloud, accessToken: auth, work } = emulator;
    const { ok, findings } = await oneDrive({ auth, cloud, drive: { user: work.user }, path: 'Contracts' }).check();
    expect(findings.map(({ subject }) => subject)).toEqual(['drive', 'folder', 'columns', 'permission to write']);
    expect(ok).toBe(true);
    await emulator.stop();
  });

  it('finds the folder of the app in the drive of a work account, too', async () => {
    const emulator = await startMicrosoftGraphEmulator();
    const { cloud, work } = emulator;
    const drive = oneDrive({ auth: work.accessToken, cloud, drive: 'approot', path: 'Contracts' });
    expect(await drive.check()).toMatchObject({ ok: true });
    const { copy } = await drive.put(sampleDocument(drive, { path: { folders: ['Acme'], name: 'Agreement.pdf' } }));
    expect(work.drive.pathOf(work.drive.find(copy.id)!)).toEqual(['Apps', 'SpotDraft Archive', 'Contracts', 'Acme', 'Agreement.pdf']);
    expect(copy.path).toEqual({ folders: ['Acme'], name: 'Agreement.pdf' });
    await emulator.stop();
  });

  it('says that "me" needs a signed-in user', async () => {
    const emulator = await startMicrosoftGraphEmulator();
    const { cloud, accessToken: auth } = emulator;
    expect(await oneDrive({ auth, cloud }).check()).toMatchObject({
      ok: false,
      findings: [{ hint: expect.stringContaining('signed-in user') }],
    });
    await emulator.stop();
  });

  it('says so when the account is of the other kind', async () => {
    const emulator = await startMicrosoftGraphEmulator();
    const { cloud, personal } = emulator;
    const { findings } = await oneDrive({ auth: personal.accessToken, cloud, account: 'work' }).check();
    expect(findings).toMatchObject([{ ok: false, hint: `Set "account" to 'personal'.` }]);
    await emulator.stop();
  });
});
