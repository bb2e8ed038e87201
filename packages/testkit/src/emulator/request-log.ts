import type { RecordedRequest } from './recorded-request.ts';
import { matchesRequest, type RequestMatcher } from './request-matcher.ts';

export interface RequestQuery extends RequestMatcher {
  /** Only requests that came after this mark. */
  readonly since?: string | undefined;
}

/** Every request an emulator received, in order. */
export class RequestLog {
  readonly #requests: RecordedRequest[] = [];
  readonly #marks = new Map<string, number>();
  #sequence = 0;

  /** Oldest first. */
  get all(): readonly RecordedRequest[] {
    return this.#requests;
  }

  list(query: RequestQuery = {}): readonly RecordedRequest[] {
    const after = query.since === undefined ? 0 : this.#sequenceAt(query.since);
    return this.#requests.filter((request) => request.sequence > after && matchesRequest(request, query));
  }

  count(query: RequestQuery = {}): number {
    return this.list(query).length;
  }

  /** Names this moment, so that a test can count the requests since: `count({ since: name })`. */
  mark(name: string): void {
    this.#marks.set(name, this.#sequence);
  }

  /** Forgets all requests. Marks and the numbering go on. */
  clear(): void {
    this.#requests.length = 0;
  }

  /** For the framework: numbers a request and takes it in. */
  append(request: Omit<RecordedRequest, 'sequence'>): RecordedRequest {
    this.#sequence += 1;
    const numbered = Object.assign(request, { sequence: this.#sequence });
    this.#requests.push(numbered);
    return numbered;
  }

  #sequenceAt(mark: string): number {
    const sequence = this.#marks.get(mark);
    if (sequence === undefined) throw new RangeError(`No mark "${mark}" was set on this request log.`);
    return sequence;
  }
}
