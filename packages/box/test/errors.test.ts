import { type BoxEmulatorOptions, sampleDocument } from '@spotdraft-archive/testkit';
import { describe, expect, it } from 'vitest';
import type { BoxOptions } from '../src/index.ts';
import { box } from '../src/index.ts';
import { type BoxHarness, boxHarness, destinationOn } from './box-harness.ts';

interface Refusal {
  readonly title: string;
  readonly behaviour?: BoxEmulatorOptions;
  readonly options?: Partial<BoxOptions>;
  readonly prepare?: (harness: BoxHarness) => void;
  readonly expected: { readonly code: string; readonly recovery: string; readonly hint?: unknown; readonly retryAfterMs?: number };
}

/** https://developer.box.com/guides/api-calls/permissions-and-errors/common-errors/ */
function refusedUpload(status: number, code: string, hint: string): Refusal {
  return {
    title: code,
    prepare: ({ emulator }) => void emulator.faults.inject({ kind: 'status', status, body: { code }, origin: 'upload' }),
    expected: { code: 'destination.forbidden', recovery: 'operator', hint: expect.stringContaining(hint) },
  };
}

const refusals: readonly Refusal[] = [
  {
    title: 'a revoked token',
    prepare: ({ emulator }) => emulator.state.accounts.revokeTokens(),
    expected: { code: 'destination.unauthorized', recovery: 'operator' },
  },
  {
    title: 'a missing folder',
    options: { folderId: '99' },
    expected: { code: 'destination.folder_not_found', recovery: 'operator', hint: expect.stringContaining('BOX_FOLDER_ID') },
  },
  {
    title: 'a folder that nobody invited the app to',
    prepare: ({ emulator }) => emulator.state.uninvite(emulator.folderId),
    expected: { code: 'destination.folder_not_found', recovery: 'operator', hint: expect.stringContaining('as Editor') },
  },
  {
    title: 'a folder in which the app may only look',
    prepare: ({ emulator }) => emulator.state.invite(emulator.folderId, { role: 'viewer' }),
    expected: { code: 'destination.forbidden', recovery: 'operator', hint: expect.stringContaining('as Editor') },
  },
  { title: 'a full account', behaviour: { quotaBytes: 100 }, expected: { code: 'destination.quota_exceeded', recovery: 'operator' } },
  { title: 'a file beyond the plan', behaviour: { maxFileBytes: 100 }, expected: { code: 'destination.too_large', recovery: 'never' } },
  {
    title: 'too many uploads',
    behaviour: { uploadsPerMinute: 1 },
    options: { retry: { maxTries: 1 } },
    prepare: ({ emulator }) => emulator.state.accounts.countUpload('900'),
    expected: { code: 'destination.rate_limited', recovery: 'retry', retryAfterMs: 60_000 },
  },
  {
    title: 'an outage',
    options: { retry: { maxTries: 1 } },
    prepare: ({ emulator }) => void emulator.faults.inject({ kind: 'status', status: 503, times: Number.POSITIVE_INFINITY }),
    expected: { code: 'destination.unavailable', recovery: 'retry' },
  },
  {
    title: 'a folder that is being moved',
    options: { retry: { maxTries: 1 } },
    prepare: ({ emulator }) =>
      void emulator.faults.inject({ kind: 'status', status: 409, body: { code: 'operation_blocked_temporary' }, origin: 'upload' }),
    expected: { code: 'destination.unavailable', recovery: 'retry' },
  },
  refusedUpload(403, 'insufficient_scope', 'Application Scopes'),
  refusedUpload(403, 'forbidden_by_policy', 'Shield'),
  refusedUpload(403, 'access_denied_retention', 'Governance'),
  refusedUpload(403, 'account_deactivated', 'does not let this account in'),
  refusedUpload(403, 'access_from_location_blocked', 'does not let this account in'),
  refusedUpload(400, 'terms_of_service_required', 'accept the terms of service'),
  refusedUpload(400, 'password_reset_required', 'finish the set-up'),
  {
    title: 'a missing template that the app may not create',
    behaviour: { canManageTemplates: false },
    expected: { code: 'destination.forbidden', recovery: 'operator', hint: expect.stringContaining('global-properties') },
  },
];

describe('what Box refuses has a code and a hint', () => {
  it.each(refusals)('$title', async ({ behaviour, options, prepare, expected }) => {
    const harness = await boxHarness(options, behaviour);
    const document = sampleDocument(harness.destination, { path: { folders: [], name: 'Agreement.pdf' } });
    // The templates are there already, unless the case is about them.
    if (behaviour?.canManageTemplates !== false) await destinationOn(harness.emulator).stat('1');
    prepare?.(harness);
    await expect(harness.destination.put(document)).rejects.toMatchObject({ hint: expect.any(String), ...expected });
    await harness.cleanup?.();
  });

  it('a copy that somebody has locked', async () => {
    const { destination, emulator, cleanup } = await boxHarness();
    const old = sampleDocument(destination);
    const { copy } = await destination.put(old);
    emulator.state.files.get(copy.id)!.isLocked = true;
    const put = destination.put(sampleDocument(destination, { key: old.key, path: old.path }), { ifExists: 'replace', replaces: copy });
    await expect(put).rejects.toMatchObject({ code: 'destination.forbidden', hint: expect.stringContaining('Unlock') });
    await cleanup?.();
  });
});

describe('throttling', () => {
  const upload = { method: 'POST', path: '/api/2.0/files/content' } as const;

  it('is waited out', async () => {
    const { destination, emulator, cleanup } = await boxHarness();
    emulator.faults.inject({ kind: 'status', status: 429, headers: { 'retry-after': '0' }, times: 2, ...upload });
    expect((await destination.put(sampleDocument(destination))).outcome).toBe('stored');
    expect(emulator.requests.count(upload)).toBe(3);
    await cleanup?.();
  });

  it('of one request holds back the others', async () => {
    const { destination, emulator, cleanup } = await boxHarness();
    const path = { folders: [], name: 'Agreement.pdf' };
    await destination.stat('1');
    emulator.faults.inject({ kind: 'status', status: 429, headers: { 'retry-after': '300' }, ...upload });
    const throttled = { code: 'destination.rate_limited', recovery: 'retry', retryAfterMs: expect.any(Number) };
    await expect(destination.put(sampleDocument(destination, { path }))).rejects.toMatchObject(throttled);
    emulator.requests.mark('paused');
    await expect(destination.put(sampleDocument(destination, { path }))).rejects.toMatchObject(throttled);
    expect(emulator.requests.count({ since: 'paused' })).toBe(0);
    await cleanup?.();
  });
});

describe('check', () => {
  it.each(refusals.filter(({ title }) => /token|folder (that nobody|in which)|missing/.test(title)))(
    'tells what to do about $title',
    async (refusal) => {
      const harness = await boxHarness(refusal.options, refusal.behaviour);
      refusal.prepare?.(harness);
      const { ok, findings } = await harness.destination.check();
      expect(ok).toBe(false);
      const anyHint: unknown = expect.any(String);
      const { hint } = { hint: anyHint, ...refusal.expected };
      expect(findings.at(-1)).toMatchObject({ ok: false, hint });
      await harness.cleanup?.();
    },
  );

  it('creates the template, with a field for everything that core tells of a contract', async () => {
    const { destination, emulator, cleanup } = await boxHarness();
    expect((await destination.check()).findings.map(({ subject }) => subject)).toEqual(['credentials', 'folder', 'metadata']);
    const template = emulator.state.templates.get(`${emulator.state.scope}.spotDraftArchive`);
    expect(template?.copyInstanceOnItemCopy).toBe(false);
    expect(template?.fields.map(({ key }) => key)).toContain('archiveKey');
    await cleanup?.();
  });
});

describe('options', () => {
  const wrong: readonly (readonly [string, object | undefined, string])[] = [
    ['nothing at all', undefined, '"folderId" (BOX_FOLDER_ID) is missing'],
    ['no auth', { folderId: '1' }, '"auth" is missing'],
    ['an auth that is none', { auth: { token: 'a' }, folderId: '1' }, '"auth" is nothing that tokens can be got from'],
    ['a folder that is no text', { auth: 'token', folderId: 123 }, 'as a text'],
    [
      'an enterprise and a user',
      { auth: { clientId: 'a', clientSecret: 'b', enterpriseId: '1', userId: '2' }, folderId: '1' },
      'one of the two',
    ],
    ['no folder', { auth: 'token' }, 'BOX_FOLDER_ID'],
    ['a folder that is no number', { auth: 'token', folderId: 'Contracts' }, 'BOX_FOLDER_ID'],
    ['no client secret', { auth: { clientId: 'a', enterpriseId: '1' }, folderId: '1' }, 'BOX_CLIENT_SECRET'],
    ['neither enterprise nor user', { auth: { clientId: 'a', clientSecret: 'b' }, folderId: '1' }, 'BOX_ENTERPRISE_ID'],
    ['an unknown link', { auth: 'token', folderId: '1', link: 'open' }, 'link'],
    ['a base address without encryption', { auth: 'token', folderId: '1', baseUrl: 'http://api.box.com' }, 'baseUrl'],
  ];
  it('that do not exist are refused by the compiler', () => {
    // @ts-expect-error it is called folderId
    expect(() => box({ auth: 'token', folderId: '1', folder: '1' })).not.toThrow();
  });

  it.each(wrong)('%s is refused when the destination is made, by name', (_title, options, name) => {
    expect(() => box(options as BoxOptions)).toThrow(
      expect.objectContaining({ name: 'ConfigurationError', message: expect.stringContaining(name) }),
    );
  });
});
