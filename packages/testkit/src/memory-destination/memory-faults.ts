import { DestinationError } from '@spotdraft-archive/core/destination';
import type { Interruption, InterruptionKind } from '../conformance/destination-harness.ts';

/** A failure that waits for its request. */
export interface MemoryFault {
  /** @default 'refused' */
  readonly kind?: InterruptionKind | undefined;
  /** Befalls only requests of this name, such as `create`. */
  readonly request?: string | undefined;
  /** The first such request it befalls, counted from 1 since it was injected. @default 1 */
  readonly nth?: number | undefined;
  /** How many in a row it befalls; `Infinity` for all that follow. @default 1 */
  readonly times?: number | undefined;
  /** What the destination rejects with. @default `destination.unavailable`, recovery `retry` */
  readonly error?: Error | undefined;
}

interface PlannedFault extends Interruption {
  readonly fault: MemoryFault;
  seen: number;
  fired: number;
}

/** The failures that wait for their requests. */
export class MemoryFaults {
  readonly #planned = new Set<PlannedFault>();

  /** Plans a failure: `faults.inject({ kind: 'loseReply', request: 'create' })`. */
  inject(fault: MemoryFault = {}): Interruption {
    const planned: PlannedFault = { fault, seen: 0, fired: 0, remove: () => this.#planned.delete(planned) };
    this.#planned.add(planned);
    return planned;
  }

  clear(): void {
    this.#planned.clear();
  }

  /** For the store: the failure that befalls this request. */
  take(request: string): { readonly kind: InterruptionKind; readonly error: Error } | undefined {
    for (const planned of this.#planned) {
      const { kind = 'refused', nth = 1, times = 1, error = unavailable() } = planned.fault;
      if (planned.fault.request !== undefined && planned.fault.request !== request) continue;
      planned.seen += 1;
      if (planned.seen < nth || planned.fired >= times) continue;
      planned.fired += 1;
      return { kind, error };
    }
    return undefined;
  }
}

function unavailable(): DestinationError {
  return new DestinationError('The memory store is unavailable.', {
    code: 'destination.unavailable',
    recovery: 'retry',
    hint: 'A test has injected this failure; try again.',
  });
}
