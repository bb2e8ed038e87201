import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { StoreAnswer, StoredFiles, StoreName, StoreRequest } from './store-messages.ts';
import type { StoreAddresses } from './stores.ts';

/** The process of the emulated stores, seen from outside. One question at a time. */
export class StoreFarm {
  readonly #process: ChildProcess;
  readonly addresses: Required<StoreAddresses>;

  private constructor(child: ChildProcess, addresses: Required<StoreAddresses>) {
    this.#process = child;
    this.addresses = addresses;
  }

  static async start(): Promise<StoreFarm> {
    const program = fileURLToPath(new URL('store-process.ts', import.meta.url));
    const child = fork(program, { execArgv: ['--conditions=@spotdraft-archive/source', '--no-warnings'] });
    const answer = await nextMessage(child);
    if (!('addresses' in answer)) throw new Error('The stores did not say where they are.');
    return new StoreFarm(child, answer.addresses);
  }

  async inject(store: StoreName, fault: Extract<StoreRequest, { ask: 'inject' }>['fault']): Promise<void> {
    await this.#ask({ ask: 'inject', store, fault });
  }

  /** Lets the stores work well from now on. Answers how many requests met a fault. */
  async endFaults(): Promise<number> {
    const answer = await this.#ask({ ask: 'end faults' });
    return 'fired' in answer ? answer.fired : 0;
  }

  async list(): Promise<StoredFiles> {
    const answer = await this.#ask({ ask: 'list' });
    if (!('files' in answer)) throw new Error('The stores did not say what they hold.');
    return answer.files;
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  async #ask(request: StoreRequest): Promise<StoreAnswer> {
    const answered = nextMessage(this.#process);
    this.#process.send(request);
    return answered;
  }
}

async function nextMessage(child: ChildProcess): Promise<StoreAnswer> {
  const [message] = (await once(child, 'message', { signal: AbortSignal.timeout(30_000) })) as [StoreAnswer];
  return message;
}
