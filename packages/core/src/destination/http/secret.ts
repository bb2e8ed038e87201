import { inspect } from 'node:util';

/**
 * Holds a value that must not be printed, such as the address of an upload session.
 *
 * Logging, string building, JSON and `util.inspect` all show `[redacted]`; only `reveal()` gives the value away.
 */
export interface Secret<Value> {
  reveal(): Value;
  toString(): string;
}

class RedactedSecret<Value> implements Secret<Value> {
  readonly #value: Value;

  constructor(value: Value) {
    this.#value = value;
  }

  reveal(): Value {
    return this.#value;
  }

  toString(): string {
    return '[redacted]';
  }

  toJSON(): string {
    return '[redacted]';
  }

  [inspect.custom](): string {
    return '[redacted]';
  }
}

/**
 * Wraps a value so that it prints as `[redacted]` everywhere.
 *
 * @example
 * const session = secret(headers.get('location'));
 */
export function secret<Value>(value: Value): Secret<Value> {
  return new RedactedSecret(value);
}
