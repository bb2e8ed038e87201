import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { box } from '../../packages/box/src/index.ts';
import { ArchiveError, createSpotDraftClient } from '../../packages/core/src/index.ts';
import { dropbox } from '../../packages/dropbox/src/index.ts';
import { filesystem } from '../../packages/filesystem/src/index.ts';
import { googleDrive } from '../../packages/google-drive/src/index.ts';
import { oneDrive } from '../../packages/onedrive/src/index.ts';
import { sharePoint } from '../../packages/sharepoint/src/index.ts';
import { required, stores } from './stores.ts';

type Make = (options: object) => unknown;

const { auth, folderId, path, siteUrl } = required;

const client: Make = (options) => createSpotDraftClient({ region: 'eu', clientId: 'id', clientSecret: 'secret', ...options });

/** An option, and values that it cannot have. */
type Wrong = readonly [option: string, ...values: readonly unknown[]];

const noFunction: readonly unknown[] = [5, 'fetch', {}, null, true];
const noMilliseconds: readonly unknown[] = [-1, Number.NaN, '5s', '5000', 1.5, Number.POSITIVE_INFINITY, 2 ** 31, null, {}];
const noText: readonly unknown[] = [5, null, {}, ['a']];

/** What the client and every store have in common. */
const ofAll: readonly Wrong[] = [
  ['timeoutMs', 0, ...noMilliseconds],
  ['retry', 5, 'never', null, false, [3], () => 3],
  ['retry.firstDelayMs', ...noMilliseconds],
  ['retry.maxDelayMs', ...noMilliseconds],
  ['retry.tries', 3],
  ['fetch', ...noFunction],
  ['onEvent', ...noFunction],
];

const ofStores: readonly Wrong[] = [
  ...ofAll,
  ['retry.maxTries', 0, ...noMilliseconds],
  ['retry.budgetMs', ...noMilliseconds],
  ['retry.attempts', 3],
];

const ofClient: readonly Wrong[] = [
  ...ofAll,
  ['retry.attempts', 0, ...noMilliseconds],
  ['retry.maxRetryAfterMs', ...noMilliseconds],
  ['retry.maxTries', 3],
  ['requestsPerSecond', 0, ...noMilliseconds],
  ['concurrency', 0, ...noMilliseconds],
  ['maxAnswerBytes', 0, ...noMilliseconds],
  ['source', '', 'a/b', 'a'.repeat(101), ...noText],
  ['baseUrl', 'http://api.eu.spotdraft.com', 'api.eu.spotdraft.com', 5, null],
];

const noAddress: readonly unknown[] = ['http://store.example', 'store.example', 'https://store.example/?a=b', '', 5, {}];
const clock: Wrong = ['clock', 5, null, {}, { now: Date.now }, () => 0];
const noFlag: readonly unknown[] = ['yes', 0, null, {}];

const ofMicrosoft: readonly Wrong[] = [
  clock,
  ['auth', 5, true, {}, { token: 'a' }],
  ['cloud', 'mars', 'toString', 5, null],
  ['cloud.graphUrl', ...noAddress],
  ['cloud.loginUrl', ...noAddress],
  ['pieceBytes', 0, 1_000_000, 60 * 2 ** 20, -327_680, '327680', Number.NaN],
  ['userAgent', '', 'a\nb', 'ä', ...noText],
  ['path', ...noText],
  ['createColumns', ...noFlag],
];

const ofOne: Readonly<Record<string, readonly Wrong[]>> = {
  'google-drive': [
    clock,
    ['auth', 5, true, {}, { token: 'a' }],
    ['folderId', 5, {}, 'https://drive.google.com/drive/folders/1abc'],
    ['propertyVisibility', 'public', ...noText],
    ['readOnly', 'yes', 5, null, []],
    ['readOnly.reason', '', ...noText],
    ['readOnly.ownerRestricted', ...noFlag],
    ['readOnly.why', 'signed'],
    ['keepRevisionForever', ...noFlag],
    ['link', 'public', ...noText],
    ['resumableFromBytes', 0, 5_000_002, '1', 1.5],
    ['pieceBytes', 0, 1_000_000, -262_144, '262144', Number.NaN],
    ['baseUrl', null, ...noAddress],
    ['tokenUrl', null, ...noAddress],
  ],
  dropbox: [
    ['auth', 5, true, {}, { token: 'a' }],
    ['path', 'Contracts', '/a//b', '/a/../b'],
    ['access', 'half', ...noText],
    ['selectUser', 'emma@example.com', '', ...noText],
    ['selectAdmin', 'emma@example.com', '', ...noText],
    ['pathRoot', '', 'a b', ...noText],
    ['templateOwner', 'me', ...noText],
    ['templateId', 'x', '', ...noText],
    ['link', 'public', ...noText],
    ['pieceBytes', 0, 5_000_000, 152 * 2 ** 20, -4_194_304, '4194304', Number.NaN],
    ['commitsAtOnce', 0, 1.5, '1', null],
    ['baseUrls', 'https://api.dropboxapi.com', 5, null],
    ['baseUrls.api', undefined, null, ...noAddress],
    ['baseUrls.content', undefined, null, ...noAddress],
    ['baseUrls.notify', 'https://notify.dropboxapi.com'],
  ],
  box: [
    ['auth', 5, true, {}, { token: 'a' }],
    ['folderId', 5, {}, 'Contracts'],
    ['metadata', 'none', ...noText],
    ['templateKey', '', 'a b', 'a'.repeat(65), ...noText],
    ['link', 'open', ...noText],
    ['parallelParts', 0, 5, 1.5, '3', null],
    ['baseUrl', null, ...noAddress],
    ['uploadUrl', null, ...noAddress],
  ],
  sharepoint: [
    ...ofMicrosoft,
    ['siteUrl', 'contoso', 'http://contoso.sharepoint.com', 5, {}],
    ['library', '', ...noText],
    ['retentionLabel', '', ...noText],
    ['lockRecords', true, ...noFlag],
  ],
  onedrive: [
    ...ofMicrosoft,
    ['drive', 'mine', 5, null, {}, { user: '' }, { user: 5 }, { driveId: '' }, { driveId: 5 }],
    ['account', 'school', ...noText],
  ],
};

/** Neighbours of a wrong member that are right, so that it alone is refused. */
const neighbours: Readonly<Record<string, object>> = {
  cloud: { graphUrl: 'https://graph.example', loginUrl: 'https://login.example' },
  baseUrls: { api: 'https://api.example', content: 'https://content.example' },
};

function optionsWith(option: string, value: unknown): object {
  const [name = '', member] = option.split('.');
  return { [name]: member === undefined ? value : { ...neighbours[name], [member]: value } };
}

function rowsOf(rows: readonly Wrong[]): readonly { readonly option: string; readonly wrong: Wrong }[] {
  return rows.map((wrong) => ({ option: wrong[0], wrong }));
}

function refusalOf(make: () => unknown): unknown {
  try {
    make();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The values that are not refused, or not with an error that names who refuses what and says what to pass. */
function acceptedOf(make: Make, { owner, wrong: [option, ...values] }: { readonly owner: string; readonly wrong: Wrong }): string[] {
  const isRefused = (value: unknown): boolean => {
    const error = refusalOf(() => make(optionsWith(option, value)));
    if (!ArchiveError.isInstance(error) || error.code !== 'config.invalid_option' || error.name !== 'ConfigurationError') return false;
    const { message, hint = '' } = error;
    return lettersOf(message).startsWith(`${lettersOf(owner)}: `) && message.includes(`"${option}"`) && /^[A-Z].{10,}\.$/.test(hint);
  };
  return values.filter((value) => !isRefused(value)).map((value) => inspect(value));
}

/** Google Drive is googleDrive in code and google-drive elsewhere. */
function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll('-', '');
}

describe.each(Object.entries(stores))('the options of %s', (owner, make) => {
  it.each(rowsOf([...ofStores, ...(ofOne[owner] ?? [])]))(
    'name $option when it is nonsense, and what to pass, before anything is connected',
    ({ wrong }) => {
      expect(acceptedOf(make, { owner, wrong })).toEqual([]);
    },
  );

  it('may all be left out, or undefined', () => {
    const names = [...ofStores, ...(ofOne[owner] ?? [])].map(([option]) => option).filter((name) => !name.includes('.'));
    const optional = names.filter((name) => !(name in required) || (owner === 'onedrive' && name === 'path'));
    expect(refusalOf(() => make({ ...Object.fromEntries(optional.map((name) => [name, undefined])), retry: {} }))).toBeUndefined();
  });

  it('take what is unusual but makes sense', () => {
    const unusual = { timeoutMs: 1, retry: { maxTries: 1, budgetMs: 0, firstDelayMs: 0, maxDelayMs: 0 }, onEvent: async () => {} };
    expect(refusalOf(() => make(unusual))).toBeUndefined();
  });
});

describe('the options of createSpotDraftClient', () => {
  it.each(rowsOf(ofClient))('name $option when it is nonsense, and what to pass', ({ wrong }) => {
    const place = wrong[0] === 'baseUrl' ? { region: undefined } : {};
    expect(acceptedOf((options) => client({ ...place, ...options }), { owner: 'createSpotDraftClient', wrong })).toEqual([]);
  });
});

describe('the options of filesystem', () => {
  it.each(
    rowsOf([
      ['createDirectory', ...noFlag],
      ['directory', 5, {}, 'a\0b'],
    ]),
  )('name $option when it is nonsense, and what to pass', ({ wrong }) => {
    expect(acceptedOf((options) => filesystem({ directory: './archive', ...options }), { owner: 'filesystem', wrong })).toEqual([]);
  });
});

it('refuses unknown options, and unknown members of them, when it is compiled', () => {
  // Never called: the compiler reads it.
  const calls = () => [
    // @ts-expect-error
    googleDrive({ auth, folderId, folder: '1' }),
    // @ts-expect-error
    googleDrive({ auth, folderId, retry: { attempts: 3 } }),
    // @ts-expect-error
    dropbox({ auth, path, folder: path }),
    // @ts-expect-error
    dropbox({ auth, path, retry: { attempts: 3 } }),
    // @ts-expect-error
    box({ auth, folderId, folder: '1' }),
    // @ts-expect-error
    box({ auth, folderId, retry: { attempts: 3 } }),
    // @ts-expect-error
    sharePoint({ auth, siteUrl, site: siteUrl }),
    // @ts-expect-error
    sharePoint({ auth, siteUrl, retry: { attempts: 3 } }),
    // @ts-expect-error
    oneDrive({ auth, folder: path }),
    // @ts-expect-error
    oneDrive({ auth, retry: { attempts: 3 } }),
    // @ts-expect-error
    filesystem({ directory: path, folder: path }),
    // @ts-expect-error
    createSpotDraftClient({ region: 'eu', clientId: 'id', clientSecret: 'secret', timeout: 5 }),
    // @ts-expect-error
    createSpotDraftClient({ region: 'eu', clientId: 'id', clientSecret: 'secret', retry: { maxTries: 3 } }),
  ];
  expect(calls).toBeTypeOf('function');
});
