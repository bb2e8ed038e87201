import { createSpotDraftClient } from '@spotdraft-archive/core';
import { startDropboxEmulator, startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import { createDatabase, type RunningExample, startExample } from '@spotdraft-archive-examples/support';
import { expect, it, onTestFinished } from 'vitest';

const titles = Array.from({ length: 6 }, (_, index) => `Agreement ${index + 1}`);

it('archives every contract once, whichever worker its webhook reaches, also when one of them ends', async () => {
  const workers: RunningExample[] = [];
  let deliveries = 0;
  const source = await startSpotDraftEmulator({
    rateLimit: false,
    allowHttpWebhooks: true,
    webhookFetch: (_address, init) => fetch(workers[deliveries++ % workers.length]?.url ?? '', init),
  });
  onTestFinished(() => source.stop());
  const store = await startDropboxEmulator();
  onTestFinished(() => store.stop());
  const { appKey, appSecret, refreshToken } = store.state.app;
  const environment = {
    SPOTDRAFT_BASE_URL: source.url,
    SPOTDRAFT_CLIENT_ID: source.clientId,
    SPOTDRAFT_CLIENT_SECRET: source.clientSecret,
    DROPBOX_APP_KEY: appKey,
    DROPBOX_APP_SECRET: appSecret,
    DROPBOX_REFRESH_TOKEN: refreshToken,
    DROPBOX_API_URL: store.urls.api,
    DROPBOX_CONTENT_URL: store.urls.content,
    DATABASE_URL: await createDatabase(),
  };
  for (const _place of ['first machine', 'second machine']) {
    const worker = await startExample({ directory: new URL('..', import.meta.url), environment });
    onTestFinished(() => void worker.process.kill('SIGKILL'));
    workers.push(worker);
  }
  const [leaving, staying] = workers;

  const { url: baseUrl, clientId, clientSecret, state } = source;
  const spotdraft = createSpotDraftClient({ baseUrl, clientId, clientSecret });
  await spotdraft.webhooks.create({ title: 'archive', url: 'http://balancer.test/', activities: ['CONTRACT_EXECUTED'] });
  for (const title of titles) state.execute(state.createContract({ title }).id);
  await source.deliveries.settled();
  expect(await leaving?.stop()).toEqual([0, null]);

  const stored = () => store.state.tree().files.filter(({ path }) => path.startsWith('/Contracts/'));
  const open = async () => (await (await fetch(`${staying?.url}/health`)).json()) as { oldestOpenEventAt?: string };
  await expect.poll(open, { timeout: 20_000 }).not.toHaveProperty('oldestOpenEventAt');
  expect(stored()).toHaveLength(titles.length);
  expect(await staying?.stop()).toEqual([0, null]);
});
