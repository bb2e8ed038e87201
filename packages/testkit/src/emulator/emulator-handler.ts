import type { EmulatorClock } from './emulator-clock.ts';
import type { RecordedRequest } from './recorded-request.ts';

/** What a handler may know besides the request. */
export interface HandlerContext<Origin extends string = string> {
  readonly origin: Origin;
  /** Base addresses of all origins of the emulator, for links from one to another. No slash at the end. */
  readonly urls: Readonly<Record<Origin, string>>;
  readonly clock: EmulatorClock;
  readonly record: RecordedRequest;
}

/** Answers the requests of one origin. The body is a stream: whatever may be large is read piece by piece. */
export type EmulatorHandler<Origin extends string = string> = (request: Request, context: HandlerContext<Origin>) => Promise<Response>;

export interface ProviderReply {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
}

/** What the emulated provider sends with a status, for injected `status` faults that name no body of their own. */
export type FaultReply = (status: number, request: RecordedRequest) => ProviderReply;
