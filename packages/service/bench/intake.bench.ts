// How many webhooks a second are stored and answered, and how long the slowest hundredth waits, beside a server that only verifies.
// The receiver is a process of its own. Every webhook is a new one, for a new contract: the dearest case.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { signedWebhook } from '@spotdraft-archive/testkit/emulators';
import autocannon from 'autocannon';
import { scaled } from '../../../scripts/bench/scaled.ts';
import type { DatabaseOptions } from '../src/index.ts';
import { engines } from '../test/test-databases.ts';

const webhooks = scaled(5_000);
const connections = 32;

const deliveries = Array.from({ length: webhooks }, (_, index) => {
  const { body, headers } = signedWebhook({ payload: { contract_id: index + 1 } });
  return { body: Buffer.from(body), headers };
});

interface Intake {
  readonly perSecond: number;
  readonly p99Ms: number;
}

async function measure(database: DatabaseOptions | null): Promise<Intake> {
  const receiver = spawn(
    process.execPath,
    ['--conditions=@spotdraft-archive/source', '--no-warnings', fileURLToPath(new URL('receiver.ts', import.meta.url))],
    { env: { ...process.env, RECEIVER: JSON.stringify(database) }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const [port] = (await Promise.race([once(receiver.stdout, 'data'), once(receiver, 'exit')])) as [Buffer | number];
    let next = 0;
    const startedAt = performance.now();
    const result = await autocannon({
      url: `http://127.0.0.1:${String(port).trim()}`,
      connections,
      amount: webhooks,
      requests: [{ method: 'POST', setupRequest: (request) => ({ ...request, ...deliveries[next++ % webhooks] }) }],
    });
    const seconds = (performance.now() - startedAt) / 1_000;
    if (result['2xx'] !== webhooks) throw new Error(`Only ${result['2xx']} of ${webhooks} webhooks were accepted.`);
    return { perSecond: webhooks / seconds, p99Ms: result.latency.p99 };
  } finally {
    receiver.kill('SIGKILL');
  }
}

console.log(`${webhooks} webhooks over ${connections} connections`);
const bare = await measure(null);
print('only verified', bare);
for (const engine of engines) {
  const { options, drop } = await engine.create();
  print(`stored, ${engine.name}`, await measure(options));
  await drop();
}

function print(name: string, { perSecond, p99Ms }: Intake): void {
  const ratio = (perSecond / bare.perSecond).toFixed(2);
  console.log(`${name.padEnd(22)} ${perSecond.toFixed(0).padStart(6)} accepted/s, ratio ${ratio}, p99 ${p99Ms.toFixed(0)} ms`);
}
