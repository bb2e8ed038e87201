import type { Fault } from './fault.ts';
import type { RecordedRequest } from './recorded-request.ts';
import { matchesRequest } from './request-matcher.ts';

/** A fault that was injected. */
export interface InjectedFault {
  /** How many requests it has befallen. */
  readonly fired: number;
  /** Ends it early. */
  remove(): void;
}

interface PlannedFault extends InjectedFault {
  readonly fault: Fault;
  seen: number;
  fired: number;
}

/** The faults that wait for their requests. */
export class FaultPlan {
  readonly #planned = new Set<PlannedFault>();

  /** Plans a fault: `faults.inject({ kind: 'status', status: 503, method: 'PUT', path: /upload/, nth: 2, times: 3 })`. */
  inject(fault: Fault): InjectedFault {
    const planned: PlannedFault = { fault, seen: 0, fired: 0, remove: () => this.#planned.delete(planned) };
    this.#planned.add(planned);
    return planned;
  }

  clear(): void {
    this.#planned.clear();
  }

  /** For the framework: the faults that befall this request, in the order they were injected. */
  take(request: RecordedRequest): readonly Fault[] {
    const due: Fault[] = [];
    for (const planned of this.#planned) {
      const { nth = 1, times = 1 } = planned.fault;
      if (!matchesRequest(request, planned.fault)) continue;
      planned.seen += 1;
      if (planned.seen < nth || planned.fired >= times) continue;
      planned.fired += 1;
      due.push(planned.fault);
    }
    return due;
  }
}
