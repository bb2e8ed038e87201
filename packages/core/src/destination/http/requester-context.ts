import { checkOptions } from '../../options/option-rules.ts';
import { type Clock, systemClock } from './clock.ts';
import { createPauseGate, type PauseGate } from './pause-gate.ts';
import { requesterRules } from './requester-rules.ts';
import type { DestinationRequesterOptions, RequestEvent } from './requester-types.ts';

/** The options of a requester with every default filled in, and what its requests share. */
export interface RequesterContext extends Omit<DestinationRequesterOptions, 'onEvent' | 'fetch'> {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly gate: PauseGate;
  readonly timeoutMs: number;
  readonly userAgent: string;
  readonly maxAnswerBytes: number;
  readonly credentialHosts: readonly string[];
  readonly emit: (event: RequestEvent) => void;
}

/** Throws `ConfigurationError` when an option is wrong. */
export function createRequesterContext(options: DestinationRequesterOptions): RequesterContext {
  checkOptions(options, { owner: options.provider, rules: requesterRules });
  const { onEvent, fetch: ownFetch, clock = systemClock } = options;
  return {
    ...options,
    clock,
    fetch: ownFetch ?? ((...request) => globalThis.fetch(...request)),
    gate: createPauseGate(clock),
    timeoutMs: options.timeoutMs ?? 60_000,
    userAgent: options.userAgent ?? 'spotdraft-archive',
    maxAnswerBytes: options.maxAnswerBytes ?? 4_194_304,
    credentialHosts: options.credentialHosts ?? [],
    emit(event) {
      try {
        onEvent?.(event);
      } catch {
        // A listener that fails must not fail an upload.
      }
    },
  };
}
