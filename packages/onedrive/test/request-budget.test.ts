import { sampleDocument } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { type DriveHarness, personalHarness, workHarness } from './drive-harness.ts';

/** Puts 100 contracts into 10 folders. */
async function putHundred({ destination }: DriveHarness): Promise<void> {
  for (let index = 0; index < 100; index += 1) {
    const path = { folders: [`Counterparty ${index % 10}`], name: `Agreement ${index}.pdf` };
    await destination.put(sampleDocument(destination, { path }));
  }
}

it('stores 100 contracts of a work account in 10 folders with two requests each; set-up: the drive, columns 1 + 3', async () => {
  const harness = await workHarness();
  const { requests } = harness.emulator;
  await putHundred(harness);
  expect({
    documents: requests.count({ method: 'PUT', path: /\.pdf:\/content$/ }),
    'keys and metadata': requests.count({ method: 'PATCH', path: /\/listItem\/fields$/ }),
    'finding the drive': requests.count({ method: 'GET', path: '/v1.0/me/drive' }),
    'reading the columns': requests.count({ method: 'GET', path: /\/columns$/ }),
    'making the columns': requests.count({ method: 'POST', path: /\/columns$/ }),
  }).toEqual({ documents: 100, 'keys and metadata': 100, 'finding the drive': 1, 'reading the columns': 1, 'making the columns': 3 });
  expect(requests.count()).toBe(205);
  await harness.cleanup?.();
});

it('stores 100 contracts of a personal account in 10 folders with two requests each; set-up: one for the folder of the app', async () => {
  const harness = await personalHarness();
  const { requests } = harness.emulator;
  await putHundred(harness);
  expect({
    documents: requests.count({ method: 'PUT', path: /\.pdf:\/content$/ }),
    sidecars: requests.count({ method: 'PUT', path: /\.pdf\.json:\/content$/ }),
    'finding the folder': requests.count({ method: 'GET', path: '/v1.0/me/drive/special/approot' }),
  }).toEqual({ documents: 100, sidecars: 100, 'finding the folder': 1 });
  expect(requests.count()).toBe(201);
  await harness.cleanup?.();
});

it.each([
  ['work', workHarness, 2],
  ['personal', personalHarness, 3],
])('adopts a copy of a %s account that is there: the upload that is refused, and one look at each file', async (_account, start, looks) => {
  const { destination, emulator, cleanup } = await start();
  const document = sampleDocument(destination);
  await destination.put(document);
  emulator.requests.mark('again');
  expect((await destination.put(document)).outcome).toBe('adopted');
  expect(emulator.requests.list({ since: 'again' }).filter(({ origin }) => origin === 'graph')).toHaveLength(looks);
  await cleanup?.();
});
