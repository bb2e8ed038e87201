import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type BundledProgram, bundleProgram } from '../../../../scripts/bundle-program.ts';
import type { WorkerOptions } from './worker-options.ts';

interface Worker {
  readonly process: ChildProcess;
  /** Undefined until it listens. */
  port: number | undefined;
}

/** How long a process that slept goes on before it is killed, in milliseconds. */
const awakeMs = 1_500;

/** Processes that are killed and replaced. One more has loaded its program, and waits to take the place of the next that falls. */
export class WorkerPool {
  readonly #program: BundledProgram;
  readonly #options: WorkerOptions;
  readonly #workers = new Map<number, Worker>();
  readonly #sleepers = new Map<ChildProcess, Promise<void>>();
  #reserve: ChildProcess;
  #isClosing = false;
  kills = 0;
  /** What workers have printed as errors. */
  errors = '';

  private constructor(program: BundledProgram, options: WorkerOptions) {
    this.#program = program;
    this.#options = options;
    this.#reserve = this.#load();
  }

  static async open(options: WorkerOptions): Promise<WorkerPool> {
    return new WorkerPool(await bundleProgram(fileURLToPath(new URL('worker.ts', import.meta.url))), options);
  }

  /** Ports of those that listen, by their places. */
  get ports(): ReadonlyMap<number, number> {
    return new Map([...this.#workers].flatMap(([place, { port }]) => (port === undefined ? [] : [[place, port]])));
  }

  /** Starts a process in this place, after killing the one that is there. */
  async replace(place: number): Promise<void> {
    await this.kill(place);
    this.#start(place);
  }

  /** Ends a process as a power cut would: it gets no chance to say goodbye. */
  async kill(place: number): Promise<void> {
    const worker = this.#workers.get(place);
    this.#workers.delete(place);
    if (worker) await this.#end(worker.process);
  }

  /** Replaces a process that was stopped in the middle of something. It goes on after so many milliseconds, as if nothing had been. */
  putToSleep(processId: number, sleepMs: number): void {
    for (const [place, worker] of this.#workers) {
      if (worker.process.pid !== processId) continue;
      this.#start(place);
      this.#sleepers.set(worker.process, this.#wakeUp(worker.process, sleepMs));
    }
  }

  /** Resolves when nobody sleeps any more. */
  async allAwake(): Promise<void> {
    await Promise.all(this.#sleepers.values());
  }

  async stop(): Promise<void> {
    this.#isClosing = true;
    const processes = [...this.#workers.values()].map((worker) => worker.process);
    await Promise.all([...processes, ...this.#sleepers.keys(), this.#reserve].map((process) => this.#end(process)));
    await this.#program.remove();
  }

  #load(): ChildProcess {
    const process = fork(this.#program.file, {
      execArgv: ['--no-warnings', '--enable-source-maps'],
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    process.stderr?.on('data', (text) => {
      this.errors += String(text);
    });
    return process;
  }

  #start(place: number): void {
    const worker: Worker = { process: this.#reserve, port: undefined };
    this.#reserve = this.#load();
    this.#workers.set(place, worker);
    worker.process.once('message', (port: number) => {
      worker.port = port;
    });
    worker.process.once('exit', (_code, signal) => {
      if (signal === 'SIGKILL' && !this.#isClosing) this.kills += 1;
      // Somebody else has killed it.
      if (this.#workers.get(place) === worker && !this.#isClosing) this.#start(place);
    });
    worker.process.send(this.#options);
  }

  async #wakeUp(process: ChildProcess, sleepMs: number): Promise<void> {
    await delay(sleepMs);
    process.kill('SIGCONT');
    await delay(awakeMs);
    await this.#end(process);
    this.#sleepers.delete(process);
  }

  async #end(process: ChildProcess): Promise<void> {
    if (process.exitCode !== null || process.signalCode !== null) return;
    const ended = once(process, 'exit');
    process.kill('SIGKILL');
    await ended;
  }
}
