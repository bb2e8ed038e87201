// Next itself builds the example and serves it, as `npm run build` and `npm start` do for a user.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSpotDraftClient } from '@spotdraft-archive/core';
import { startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import { startExample, startProgram } from '@spotdraft-archive-examples/support';
import { expect, it, onTestFinished } from 'vitest';
import { createProject } from './create-project.ts';

/** Next takes half a minute of processor time to build, of which a busy machine has little. */
const timeout = 600_000;

it('starts with Next, archives what webhooks tell of, and ends a running job before it ends', { timeout }, async () => {
  const data = await mkdtemp(join(tmpdir(), 'next-service-'));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const { url: baseUrl, clientId, clientSecret, state, clock, faults, stop } = await startSpotDraftEmulator({ allowHttpWebhooks: true });
  onTestFinished(stop);
  const project = {
    directory: await createProject(),
    environment: {
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      SPOTDRAFT_BASE_URL: baseUrl,
      SPOTDRAFT_CLIENT_ID: clientId,
      SPOTDRAFT_CLIENT_SECRET: clientSecret,
      DATA_DIR: data,
    },
  };
  const build = startProgram(await scriptOf(project.directory, 'build'), project);
  onTestFinished(() => void build.process.kill('SIGKILL'));
  expect(await build.ended, build.output()).toEqual([0, null]);
  const server = await startExample({ ...project, command: await scriptOf(project.directory, 'start') });
  onTestFinished(() => void server.process.kill('SIGKILL'));

  // No route starts the service: the instrumentation does.
  const health = await fetch(`${server.url}/health`);
  expect({ status: health.status, body: await health.json() }).toMatchObject({ status: 200, body: { status: 'ok' } });
  expect((await fetch(`${server.url}/webhooks/spotdraft`, { method: 'POST', body: '{}' })).status).toBe(401);

  const spotdraft = createSpotDraftClient({ baseUrl, clientId, clientSecret });
  const webhook = `${server.url}/webhooks/spotdraft`;
  await spotdraft.webhooks.create({ title: 'archive', url: webhook, activities: ['CONTRACT_EXECUTED'] });
  const read = async (id: string): Promise<unknown> => (await fetch(`${server.url}/contracts/${id}`)).json();
  const execute = (title: string): string => {
    const { id } = state.createContract({ title, counterparties: ['Acme Inc'] });
    state.execute(id);
    return id;
  };

  expect((await fetch(`${server.url}/contracts/nonsense`)).status).toBe(400);
  const first = execute('Mutual NDA');
  await expect.poll(() => read(first)).toMatchObject({ state: 'archived', receipts: { folder: { contractId: first } } });

  const delay = faults.inject({ kind: 'delay', delayMs: 600_000, path: /download/ });
  execute('Order form');
  await expect.poll(() => delay.fired).toBe(1);
  const stopped = server.stop();
  clock.advance(600_000);
  expect(await stopped, server.output()).toEqual([0, null]);
  const files = await readdir(join(data, 'contracts'), { recursive: true });
  expect(files.filter((file) => file.endsWith('.pdf'))).toHaveLength(2);
});

/** A script of the package.json, started without a shell in between, so that signals reach Next. */
async function scriptOf(directory: string, name: string): Promise<[string, ...string[]]> {
  const { scripts } = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const words = (scripts[name] ?? '')
    .split(' ')
    .map((word) => (word === 'next' ? join(directory, 'node_modules', 'next', 'dist', 'bin', 'next') : word));
  return ['env', ...words];
}
