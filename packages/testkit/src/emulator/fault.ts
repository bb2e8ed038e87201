import type { RequestMatcher } from './request-matcher.ts';

/** Answers with a status instead of doing anything. The request's body is read and dropped first. */
export interface StatusFault {
  readonly kind: 'status';
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Text is sent as it is, anything else as JSON. @default what the emulated provider sends with this status */
  readonly body?: unknown;
}

/** Waits on the emulator's clock, then goes on as if nothing had been. */
interface DelayFault {
  readonly kind: 'delay';
  readonly delayMs: number;
}

/** Destroys the connection while the request's body is being read. */
export interface CutRequestFault {
  readonly kind: 'cutRequest';
  /** How many bytes of the body are read first; the whole of a shorter one. @default 0 */
  readonly afterBytes?: number | undefined;
  /**
   * What becomes of the bytes that were read: `dropped`, and nothing has an effect; or `kept`, and the emulator sees a body that breaks off
   * and does what its provider does with a torn range.
   *
   * @default 'dropped'
   */
  readonly received?: 'dropped' | 'kept' | undefined;
}

/** Lets the request have its effect, then destroys the connection before the answer. */
interface LoseReplyFault {
  readonly kind: 'loseReply';
}

/** Destroys the connection within the answer's body. */
interface CutResponseFault {
  readonly kind: 'cutResponse';
  /** How many bytes of the body are sent first. @default 0 */
  readonly afterBytes?: number | undefined;
}

/** Flips the bits of one byte of the answer's body; its length and headers stay. */
interface CorruptResponseFault {
  readonly kind: 'corruptResponse';
  /** Which byte, from 0. In a shorter body it is the last one. @default 64 */
  readonly atByte?: number | undefined;
}

/** Never answers: the request ends when its caller goes away or the emulator stops. Nothing has an effect. */
interface HangFault {
  readonly kind: 'hang';
}

export type FaultAction = StatusFault | DelayFault | CutRequestFault | LoseReplyFault | CutResponseFault | CorruptResponseFault | HangFault;

export type FaultKind = FaultAction['kind'];

/** A fault and the requests it befalls. */
export type Fault = FaultAction &
  RequestMatcher & {
    /** The first matching request it befalls, counted from 1 since it was injected. Without a matcher that is the n-th request of all. @default 1 */
    readonly nth?: number | undefined;
    /** How many matching requests in a row it befalls. `Infinity` for all that follow. @default 1 */
    readonly times?: number | undefined;
  };
