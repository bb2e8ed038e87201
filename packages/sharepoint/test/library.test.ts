import { sampleDocument } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sharePoint } from '../src/index.ts';
import { emulatedTime, type LibraryHarness, libraryHarness, libraryOn } from './library-harness.ts';

let harness: LibraryHarness;
beforeEach(async () => {
  harness = await libraryHarness();
});
afterEach(() => harness.cleanup?.());

describe('sharePoint', () => {
  it('keeps the key in an indexed, unique column and each property in one of its own', async () => {
    const { destination, emulator } = harness;
    const document = sampleDocument(destination);
    const { copy } = await destination.put(document);
    expect(emulator.library.columns).toMatchObject([
      { name: 'ArchiveKey', indexed: true, enforceUniqueValues: true },
      { name: 'ArchiveContractId', indexed: false },
      { name: 'ArchiveTitle' },
    ]);
    expect(Object.fromEntries(emulator.library.find(copy.id)!.fields)).toEqual({
      ArchiveKey: document.key,
      ArchiveContractId: 'T-19589',
      ArchiveTitle: document.properties.title,
    });
  });

  it('does not believe a filter that finds nothing while it knows the path', async () => {
    const { destination, emulator } = harness;
    const document = sampleDocument(destination);
    const { copy } = await destination.put(document);
    emulator.behaviour.filtersFindNothing = true;
    expect(await destination.find({ key: document.key, path: document.path })).toMatchObject({ id: copy.id });
  });

  it('finds a key with a quotation mark in it', async () => {
    const { destination } = harness;
    const document = sampleDocument(destination, { key: "us/T-1/O'Neill''s/signed-pdf" });
    const { copy } = await destination.put(document);
    expect((await destination.find({ key: document.key }))?.id).toBe(copy.id);
  });

  it('keeps one copy of a key that is put to a second path, and removes the one it made', async () => {
    const { destination, listPaths } = harness;
    const document = sampleDocument(destination);
    const { copy } = await destination.put(document);
    const elsewhere = sampleDocument(destination, { key: document.key, seed: document.seed });
    expect(await destination.put(elsewhere)).toMatchObject({ outcome: 'adopted', copy: { id: copy.id } });
    expect(await listPaths?.()).toHaveLength(1);
  });

  it('does not take a file for its own whose uploader is about to write the key, though the bytes are the same', async () => {
    const { destination, emulator, second } = harness;
    const time = { clock: emulatedTime(emulator), retry: { maxTries: 1 } };
    const other = libraryOn(emulator, time);
    const first = sampleDocument(destination);
    const twin = sampleDocument(destination, { path: first.path, seed: first.seed });
    let met: unknown;
    const removeHook = emulator.onRequest(async ({ method }, phase) => {
      if (method !== 'PATCH' || phase !== 'before-effect' || met !== undefined) return;
      met = await other.put(twin).catch((error: unknown) => error);
    });
    const { copy } = await destination.put(first);
    removeHook();
    expect(met).toMatchObject({ code: 'destination.unavailable', recovery: 'retry' });
    await expect((await second!()).put(twin)).rejects.toMatchObject({
      code: 'destination.conflict',
      details: { existingId: copy.id, existingKey: first.key },
    });
  });

  it('adopts a file of the same bytes that has had no key for two minutes', async () => {
    const { destination, emulator } = harness;
    const document = sampleDocument(destination);
    emulator.faults.inject({ kind: 'status', status: 500, method: 'PATCH', times: Number.POSITIVE_INFINITY });
    await expect(destination.put(document)).rejects.toMatchObject({ recovery: 'retry' });
    emulator.faults.clear();
    const twin = sampleDocument(destination, { path: document.path, seed: document.seed });
    const later = libraryOn(emulator, { clock: emulatedTime(emulator) });
    await expect(later.put(twin)).rejects.toMatchObject({ code: 'destination.unavailable' });
    emulator.clock.advance(120_001);
    expect(await later.put(twin)).toMatchObject({ outcome: 'adopted', copy: { key: twin.key } });
  });

  it('waits and writes the metadata again when SharePoint is still busy with the new file', async () => {
    const { destination, emulator } = harness;
    emulator.faults.inject({ kind: 'status', status: 409, method: 'PATCH', times: 2 });
    emulator.faults.inject({ kind: 'status', status: 423, method: 'PATCH', nth: 3 });
    const document = sampleDocument(destination);
    expect((await destination.put(document)).copy.key).toBe(document.key);
    expect(emulator.requests.count({ method: 'PATCH' })).toBe(4);
  });

  it.each([3_000, 700_000])('labels and then locks a copy of %i bytes after everything else', async (size) => {
    const { emulator } = harness;
    const destination = libraryOn(emulator, { retentionLabel: 'Contracts 10 years', lockRecords: true });
    await destination.put(sampleDocument(destination, { size }));
    const made = emulator.requests.list().map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);
    const beforeLabel = made.slice(0, -2);
    expect(made.slice(-3)).toEqual(['PATCH fields', 'PATCH retentionLabel', 'PATCH retentionLabel']);
    expect(beforeLabel).not.toContain('PATCH retentionLabel');
    expect(emulator.library.items.find(({ content }) => content)).toMatchObject({
      retentionLabel: 'Contracts 10 years',
      isRecordLocked: true,
    });
  });

  it('labels and locks last of all, and once more when the process died before', async () => {
    const { emulator } = harness;
    const destination = libraryOn(emulator, { retentionLabel: 'Contracts 10 years', lockRecords: true });
    const document = sampleDocument(destination);
    const died = emulator.faults.inject({ kind: 'status', status: 500, path: /retentionLabel$/, times: Number.POSITIVE_INFINITY });
    await expect(destination.put(document)).rejects.toMatchObject({ recovery: 'retry' });
    died.remove();
    const tries = died.fired;
    const copy = await destination.find({ key: document.key });
    expect(emulator.library.find(copy!.id)).toMatchObject({ retentionLabel: 'Contracts 10 years', isRecordLocked: true });
    expect((await destination.put(document)).outcome).toBe('adopted');
    expect(emulator.requests.count({ method: 'PATCH', path: /retentionLabel$/ })).toBe(tries + 2);
    const fresh = sampleDocument(destination, { key: document.key, path: document.path });
    const refused = destination.put(fresh, { ifExists: 'replace', replaces: { id: copy!.id } });
    await expect(refused).rejects.toMatchObject({ code: 'destination.forbidden', recovery: 'operator' });
  });

  it('holds every request still while Graph asks to wait, and hands longer waits on', async () => {
    const { emulator } = harness;
    const destination = libraryOn(emulator, { retry: { budgetMs: 1_000 } });
    emulator.faults.inject({ kind: 'status', status: 429, headers: { 'retry-after': '120' } });
    const error = await destination.find({ key: 'any' }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'destination.rate_limited', retryAfterMs: 120_000 });
    emulator.requests.mark('told to wait');
    await expect(destination.put(sampleDocument(destination))).rejects.toMatchObject({ code: 'destination.rate_limited' });
    expect(emulator.requests.count({ since: 'told to wait' })).toBe(0);
  });

  it('decorates all its traffic, as Microsoft asks or as one likes', async () => {
    const { destination, emulator } = harness;
    const agents = () => new Set(emulator.requests.all.map(({ headers }) => headers['user-agent']));
    await destination.put(sampleDocument(destination, { size: 700_000 }));
    expect([...agents()]).toEqual([expect.stringMatching(/^NONISV\|\w+\|spotdraft-archive\/\d/)]);
    emulator.requests.clear();
    await libraryOn(emulator, { userAgent: 'NONISV|Contoso|Archive/2.0' }).check();
    expect([...agents()]).toEqual(['NONISV|Contoso|Archive/2.0']);
  });
});

describe('check', () => {
  it('makes the columns', async () => {
    const { destination, emulator } = harness;
    expect(await destination.check()).toMatchObject({ ok: true });
    expect(emulator.library.columns).toHaveLength(14);
    expect(emulator.state.sessions.open).toEqual([]);
  });

  it('lists the columns for an administrator when the app may write but not make columns', async () => {
    const { emulator } = harness;
    const app = emulator.directory.addApp({ tenantId: emulator.tenantId, permissions: ['Sites.Selected'] });
    app.siteRoles.set(emulator.site.id, 'write');
    const destination = libraryOn(emulator, { auth: emulator.directory.issueToken({ app, scopes: app.permissions }) });
    const { findings } = await destination.check();
    expect(findings.at(-1)).toMatchObject({
      subject: 'columns',
      ok: false,
      hint: expect.stringContaining('ArchiveKey, ArchiveContractId'),
    });
    await libraryOn(emulator).check();
    expect(await libraryOn(emulator, { auth: emulator.directory.issueToken({ app, scopes: app.permissions }) }).check()).toMatchObject({
      ok: true,
    });
  });

  it.each([
    ['site', { siteUrl: 'https://contoso.sharepoint.com/sites/other' }, 'siteUrl'],
    ['library', { library: 'Elsewhere' }, 'library'],
    ['token', { auth: 'wrong' }, 'Entra ID'],
  ])('says what to do about a %s that is wrong', async (_subject, options, hint) => {
    const { ok, findings } = await libraryOn(harness.emulator, options).check();
    expect(ok).toBe(false);
    expect(findings.at(-1)?.hint).toContain(hint);
  });

  it('does not see a site for which nothing was granted', async () => {
    const { emulator } = harness;
    const app = emulator.directory.addApp({ tenantId: emulator.tenantId, permissions: ['Sites.Selected'] });
    const { findings } = await libraryOn(emulator, { auth: emulator.directory.issueToken({ app, scopes: app.permissions }) }).check();
    expect(findings[0]).toMatchObject({ ok: false, hint: expect.stringContaining('Sites.Selected') });
  });
});

describe('options', () => {
  const right = { auth: 'token', siteUrl: 'https://contoso.sharepoint.com/sites/legal' };

  it.each([
    [{ auth: '' }, '"auth"'],
    [{ auth: { tenantId: 't', clientId: 'c', clientSecret: '' } }, '"auth.clientSecret"'],
    [{ siteUrl: 'contoso' }, '"siteUrl"'],
    [{ library: '' }, '"library"'],
    [{ pieceBytes: 1_000_000 }, '"pieceBytes"'],
    [{ lockRecords: true }, '"retentionLabel"'],
    [{ cloud: { graphUrl: 'http://graph.example', loginUrl: 'https://login.example' } }, '"cloud.graphUrl"'],
    [{ path: 'a'.repeat(300) }, '"path"'],
  ])('are refused at once: %o', (wrong, named) => {
    const error = errorOf(() => sharePoint({ ...right, ...wrong }));
    expect(error).toMatchObject({
      message: expect.stringContaining(named),
      code: expect.stringMatching(/^config\./),
      hint: expect.any(String),
    });
  });

  it('count site, library and folder towards the 400 characters of a path', () => {
    expect(sharePoint(right).capabilities.naming.maxPathLength).toBeLessThan(370);
    expect(sharePoint({ ...right, path: 'x'.repeat(100) }).capabilities.naming.maxPathLength).toBeLessThan(270);
  });
});

function errorOf(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  }
}
