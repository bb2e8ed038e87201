import type { Fields } from './answer-fields.ts';

/** A result and what SpotDraft sent, unchanged. */
export type WithRaw<Result> = Result & {
  /** Every field as SpotDraft sent it, known and unknown ones. Not enumerable: it stays out of logs, JSON and spread copies. */
  readonly raw: Fields;
};

export function withRaw<Result extends object>(result: Result, raw: unknown): WithRaw<Result> {
  return Object.defineProperty(result, 'raw', { value: raw }) as WithRaw<Result>;
}
