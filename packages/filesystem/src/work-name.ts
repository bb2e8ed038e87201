import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** Tells who does a piece of work, in the names of everything it leaves lying while it runs: `machine-process-token`. */
export type WorkName = string;

const namePattern = /^([0-9a-f]{8})-(\d+)-[0-9a-f]{16}/;
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const running = new Set<WorkName>();
const abandonedAfterMs = 24 * 60 * 60 * 1000;

export function startWork(): WorkName {
  const name = `${machine}-${process.pid}-${randomBytes(8).toString('hex')}`;
  running.add(name);
  return name;
}

export function finishWork(name: WorkName): void {
  running.delete(name);
}

/** The name of the work at the beginning of a file's name. */
export function workNameIn(fileName: string): WorkName | undefined {
  return namePattern.exec(fileName)?.[0];
}

/** True when this process does the work. */
export function isOurs(name: WorkName): boolean {
  return running.has(name);
}

/**
 * True when nobody does this work any more: its process has ended, or it began more than a day ago. A process on another machine cannot be
 * asked, so only the time counts there. To be wrong costs that process a repetition and never a document.
 */
export function isAbandoned(name: WorkName, beganAtMs: number): boolean {
  const [, itsMachine, itsProcess] = namePattern.exec(name) ?? [];
  if (isOurs(name)) return false;
  if (Date.now() - beganAtMs > abandonedAfterMs) return true;
  return itsMachine === machine && !isOtherProcessAlive(Number(itsProcess));
}

function isOtherProcessAlive(processId: number): boolean {
  // Work with our own process id that we do not know was begun by a process before us: container after container is number 1.
  if (processId === process.pid) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
