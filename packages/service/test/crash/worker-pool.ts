import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WorkerOptions } from './worker-options.ts';

interface Worker {
  readonly process: ChildProcess;
  /** Undefined until it listens. */
  port: string | undefined;
}

/** Processes that are killed and replaced. */
export class WorkerPool {
  readonly #options: WorkerOptions;
  readonly #workers = new Map<number, Worker>();
  kills = 0;
  /** What workers have printed as errors. */
  errors = '';

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** Ports of those that listen, by their places. */
  get ports(): ReadonlyMap<number, string> {
    return new Map([...this.#workers].flatMap(([place, { port }]) => (port === undefined ? [] : [[place, port]])));
  }

  /** Starts a process in this place, after killing the one that is there. */
  async replace(place: number): Promise<void> {
    await this.kill(place);
    const worker: Worker = {
      port: undefined,
      process: spawn(
        process.execPath,
        ['--conditions=@spotdraft-archive/source', '--no-warnings', fileURLToPath(new URL('worker.ts', import.meta.url))],
        {
          env: { ...process.env, NODE_COMPILE_CACHE: this.#options.compileCache, WORKER: JSON.stringify(this.#options) },
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      ),
    };
    worker.process.stdout?.on('data', (text) => {
      worker.port = String(text).trim();
    });
    worker.process.stderr?.on('data', (text) => {
      this.errors += String(text);
    });
    this.#workers.set(place, worker);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#workers.keys()].map((place) => this.kill(place)));
  }

  /** Ends a process as a power cut would: it gets no chance to say goodbye. */
  async kill(place: number): Promise<void> {
    const worker = this.#workers.get(place);
    if (worker === undefined) return;
    this.#workers.delete(place);
    if (worker.process.exitCode !== null) return;
    const ended = once(worker.process, 'exit');
    worker.process.kill('SIGKILL');
    await ended;
    this.kills += 1;
  }
}
