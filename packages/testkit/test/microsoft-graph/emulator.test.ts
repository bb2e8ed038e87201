import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmulatorClock, type MicrosoftGraphEmulator, startMicrosoftGraphEmulator } from '../../src/emulators.ts';
import { callGraph, type GraphCall } from './call-graph.ts';

let emulator: MicrosoftGraphEmulator;
const clock = createEmulatorClock({ startAt: new Date('2026-11-24T00:00:00Z') });
beforeEach(async () => {
  emulator = await startMicrosoftGraphEmulator({ clock });
});
afterEach(() => emulator.stop());

const call = (address: string, options?: GraphCall) => callGraph(emulator, address, options);
const drive = () => `drives/${emulator.library.id}`;
const put = (name: string, query = '') => call(`${drive()}/root:/${name}:/content${query}`, { method: 'PUT', body: 'bytes' });

describe('resource units', () => {
  it('run out within a minute: 429 with Retry-After, counted for refused requests too, and free again later', async () => {
    emulator.behaviour.unitsPerMinute = 10;
    // Two units each.
    for (const name of ['1', '2', '3', '4']) expect((await put(name)).headers.get('ratelimit-limit')).toBe(null);
    const fifth = await put('5');
    const { headers } = fifth;
    expect(fifth.status).toBe(201);
    expect(['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'].map((name) => headers.get(name))).toEqual(['10', '0', '60']);
    clock.advance(20_000);
    const refused = await call(`${drive()}/root`);
    expect(refused).toMatchObject({ status: 429, code: 'activityLimitReached' });
    expect(refused.headers.get('retry-after')).toBe('40');
    clock.advance(40_001);
    // The refused one counts still: one unit of ten.
    expect((await call(`${drive()}/root`)).status).toBe(200);
    clock.advance(60_001);
    expect((await put('6')).headers.has('ratelimit-remaining')).toBe(false);
  });

  it('are counted for each app by itself, one for a look and five for permissions', async () => {
    emulator.behaviour.unitsPerMinute = 5;
    const other = emulator.directory.addApp({ tenantId: emulator.tenantId });
    const token = emulator.directory.issueToken({ app: other, scopes: other.permissions });
    for (let look = 0; look < 5; look += 1) expect((await call(`${drive()}/root`)).status).toBe(200);
    expect((await call(`${drive()}/root`)).status).toBe(429);
    expect((await call(`${drive()}/root`, { token })).status).toBe(200);
    expect((await call(`${drive()}/root/permissions`, { token })).status).toBe(429);
  });
});

describe('what happens at a taken name', () => {
  it('is a replacement by default, both for contents and for sessions; folders are renamed', async () => {
    const { json } = await put('A.pdf');
    expect(await put('A.pdf')).toMatchObject({ status: 200, json: { id: json.id } });
    expect(await call(`${drive()}/root:/A.pdf:/createUploadSession`, { method: 'POST', body: {} })).toMatchObject({ status: 200 });
    const folder = () => call(`${drive()}/root/children`, { method: 'POST', body: { name: 'F', folder: {} } });
    expect([await folder(), await folder()]).toMatchObject([{ json: { name: 'F' } }, { json: { name: 'F 1' } }]);
  });

  it.each([
    ['fail', 409, undefined],
    ['rename', 201, 'A 1.pdf'],
    ['replace', 200, 'A.pdf'],
  ])('follows conflictBehavior=%s, in the query for contents and in the item for sessions', async (behavior, status, name) => {
    await put('A.pdf');
    expect(await put('A.pdf', `?@microsoft.graph.conflictBehavior=${behavior}`)).toMatchObject({
      status,
      json: name === undefined ? {} : { name },
    });
    const body = { item: { '@microsoft.graph.conflictBehavior': behavior } };
    const session = await call(`${drive()}/root:/A.pdf:/createUploadSession`, { method: 'POST', body });
    expect(session.status).toBe(behavior === 'fail' ? 409 : 200);
  });

  it('is refused to a content that says it like a session', async () => {
    expect(await put('A.pdf', '?@microsoft.graph.conflictBehavior=never')).toMatchObject({ status: 400, code: 'invalidRequest' });
  });
});

describe('filters', () => {
  const find = (column: string, headers?: GraphCall['headers']) =>
    call(`${drive()}/list/items?$filter=fields/${column} eq 'v'&$expand=fields`, { headers });

  it('need an index, or a header that takes the risk', async () => {
    for (const [name, indexed] of Object.entries({ Key: true, Note: false })) {
      await call(`${drive()}/list/columns`, { method: 'POST', body: { name, text: {}, indexed } });
    }
    const { json } = await put('A.pdf');
    await call(`${drive()}/items/${String(json.id)}/listItem/fields`, { method: 'PATCH', body: { Key: 'v', Note: 'v' } });
    expect(await find('Key')).toMatchObject({ json: { value: [{ fields: { Key: 'v' } }] } });
    expect(await find('Note')).toMatchObject({ status: 400, code: 'invalidRequest' });
    const prefer = { prefer: 'HonorNonIndexedQueriesWarningMayFailRandomly' };
    expect(await find('Note', prefer)).toMatchObject({ json: { value: [{}] } });
    expect(await find('Other')).toMatchObject({ status: 400 });
  });

  it('refuse a second file with a value that must be unique', async () => {
    await call(`${drive()}/list/columns`, { method: 'POST', body: { name: 'Key', text: {}, indexed: true, enforceUniqueValues: true } });
    const stamp = async (name: string) => {
      const { json } = await put(name);
      return call(`${drive()}/items/${String(json.id)}/listItem/fields`, { method: 'PATCH', body: { Key: 'v' } });
    };
    expect((await stamp('A.pdf')).status).toBe(200);
    expect((await stamp('B.pdf')).status).toBe(400);
  });
});

it('finds a site by its address, its libraries and their lists', async () => {
  const site = await call('sites/contoso.sharepoint.com:/sites/legal');
  expect(site).toMatchObject({ status: 200, json: { id: emulator.site.id, webUrl: emulator.siteUrl } });
  const below = (name: string) => call(`sites/${emulator.site.id}/${name}`);
  expect(await below('drives')).toMatchObject({ json: { value: [{ name: 'Documents' }, { id: emulator.library.id, name: 'Contracts' }] } });
  expect(await below('lists')).toMatchObject({
    json: { value: [{}, { displayName: 'Contracts', list: { template: 'documentLibrary' } }] },
  });
  expect(await call(`${drive()}/list`)).toMatchObject({ json: { displayName: 'Contracts' } });
  expect(await call('sites/contoso.sharepoint.com:/sites/other')).toMatchObject({ status: 404, code: 'itemNotFound' });
  const { accessToken: token } = emulator.personal;
  expect(await call(`drives/${emulator.personal.drive.id}/list`, { token })).toMatchObject({ status: 400, code: 'notSupported' });
});

it('gives a new eTag with every change, a new cTag with new contents, and refuses what is outdated', async () => {
  const { json: first } = await put('A.pdf');
  await call(`${drive()}/list/columns`, { method: 'POST', body: { name: 'Key', text: {} } });
  const address = `${drive()}/items/${String(first.id)}`;
  await call(`${address}/listItem/fields`, { method: 'PATCH', body: { Key: 'v' } });
  const { json: stamped } = await call(address);
  expect([stamped.eTag === first.eTag, stamped.cTag === first.cTag]).toEqual([false, true]);
  const replace = (eTag: unknown) => call(`${address}/content`, { method: 'PUT', body: 'new', headers: { 'if-match': String(eTag) } });
  expect(await replace(first.eTag)).toMatchObject({ status: 412, code: 'resourceModified' });
  const replaced = await replace(stamped.eTag);
  expect(replaced).toMatchObject({ status: 200, json: { id: first.id, size: 3 } });
  expect(replaced.json.cTag).not.toBe(first.cTag);
  expect(await call(address, { method: 'DELETE', headers: { 'if-match': String(stamped.eTag) } })).toMatchObject({ status: 412 });
});

it.each(['a:b.pdf', 'a|b.pdf', ' a.pdf', 'a.', 'CON', '~$a.pdf', 'x_vti_y.pdf', 'forms', 'a'.repeat(256)])(
  'refuses the name %j',
  async (name) => {
    expect(await put(encodeURIComponent(name))).toMatchObject({ status: 400, code: 'invalidName' });
  },
);

it('copies in its own time, and tells how far it is', async () => {
  const { json } = await put('A.pdf');
  const copy = (name: string) => call(`${drive()}/items/${String(json.id)}/copy`, { method: 'POST', body: { name } });
  const asked = await copy('B.pdf');
  const monitor = asked.headers.get('location') ?? '';
  expect(asked.status).toBe(202);
  expect(await call(monitor)).toMatchObject({ status: 202, json: { status: 'inProgress' } });
  const done = await call(monitor);
  expect(done).toMatchObject({ status: 200, json: { status: 'completed' } });
  expect(await call(`${drive()}/items/${String(done.json.resourceId)}`)).toMatchObject({ json: { name: 'B.pdf', size: 5 } });
  expect(await copy('B.pdf')).toMatchObject({ status: 409, code: 'nameAlreadyExists' });
  expect(await call(monitor.replace(/.$/, '_'))).toMatchObject({ status: 404 });
});

it('keeps one user out of the drive of another, and an app without a user out of "me"', async () => {
  const { work, personal } = emulator;
  expect(await call(`drives/${work.drive.id}/root`, { token: personal.accessToken })).toMatchObject({ status: 403, code: 'accessDenied' });
  expect(await call('me/drive')).toMatchObject({ status: 400 });
  expect(await call('me/drive', { token: work.accessToken })).toMatchObject({ json: { id: work.drive.id, driveType: 'business' } });
  expect(await call('me/drive', { token: 'made up' })).toMatchObject({ status: 401, code: 'InvalidAuthenticationToken' });
});

it('notes what a description does not know, in requests and in answers', async () => {
  const text = { type: 'string' };
  const schemas = {
    'microsoft.graph.driveItem': {
      allOf: [{ $ref: '#/components/schemas/microsoft.graph.entity' }, { properties: { name: { type: 'number' } } }],
    },
    'microsoft.graph.entity': { properties: { id: text } },
  };
  const described = await startMicrosoftGraphEmulator({ description: { components: { schemas } } });
  const address = `drives/${described.library.id}/root/children`;
  await callGraph(described, address, { method: 'POST', body: { name: 'F', folder: {} }, headers: { 'content-type': 'application/json' } });
  expect(described.violations).toContain('request driveItem.folder is not described.');
  expect(described.violations).toContain('answer driveItem.name is not of type number.');
  expect(described.violations).not.toContain('answer driveItem.id is not described.');
  expect(emulator.violations).toEqual([]);
  await described.stop();
});
