import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { StoreAnswers, StoredFiles, StoreMessage, StoreQuestion, Trap } from './store-messages.ts';
import type { StoreAddresses } from './stores.ts';

/** The process of the emulated stores, seen from outside. */
export class StoreFarm {
  readonly #process: ChildProcess;
  readonly #answered = new Map<number, (answer: unknown) => void>();
  #questions = 0;
  readonly addresses: Required<StoreAddresses>;

  private constructor(child: ChildProcess, addresses: Required<StoreAddresses>) {
    this.#process = child;
    this.addresses = addresses;
    child.on('message', (message: StoreMessage) => {
      if ('id' in message) this.#answered.get(message.id)?.(message.answer);
    });
  }

  static async start(): Promise<StoreFarm> {
    const program = fileURLToPath(new URL('store-process.ts', import.meta.url));
    const child = fork(program, { execArgv: ['--conditions=@spotdraft-archive/source', '--no-warnings'] });
    const [message] = (await once(child, 'message', { signal: AbortSignal.timeout(30_000) })) as [StoreMessage];
    if (!('addresses' in message)) throw new Error('The stores did not say where they are.');
    return new StoreFarm(child, message.addresses);
  }

  async inject(question: Omit<Extract<StoreQuestion, { ask: 'inject' }>, 'ask'>): Promise<void> {
    await this.#ask({ ask: 'inject', ...question });
  }

  /** Answers which process was caught; `undefined` when none has come near in time. */
  async trap(trap: Trap): Promise<number | undefined> {
    return this.#ask({ ask: 'trap', trap });
  }

  /** Lets the stores work well from now on. Answers how many requests met a fault. */
  async endFaults(): Promise<number> {
    return this.#ask({ ask: 'end faults' });
  }

  async list(): Promise<StoredFiles> {
    return this.#ask({ ask: 'list' });
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  async #ask<Question extends StoreQuestion>(question: Question): Promise<StoreAnswers[Question['ask']]> {
    this.#questions += 1;
    const id = this.#questions;
    const answer = await new Promise<unknown>((resolve) => {
      this.#answered.set(id, resolve);
      this.#process.send({ ...question, id });
    });
    this.#answered.delete(id);
    return answer as StoreAnswers[Question['ask']];
  }
}
