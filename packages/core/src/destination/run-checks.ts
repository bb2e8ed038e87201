import { ArchiveError } from '../errors/archive-error.ts';
import type { CallOptions, CheckFinding, CheckReport } from './storage-destination.ts';

/** One thing for `check` to look at. */
export interface CheckStep {
  /** What is looked at, for example `folder` or `permission to write`. */
  readonly subject: string;
  /** Resolves with what was found, as a sentence; rejects when it is not in order. */
  readonly look: () => Promise<string>;
  /** What to do about it when the error has no hint of its own. */
  readonly hint: string;
}

/**
 * Looks at one thing after the other and reports each, for a destination's `check`.
 *
 * Stops at the first that is not in order, since the later ones build on it. Rejects only with the reason of `signal`.
 */
export async function runChecks(steps: readonly CheckStep[], { signal }: CallOptions = {}): Promise<CheckReport> {
  const findings: CheckFinding[] = [];
  for (const step of steps) {
    signal?.throwIfAborted();
    const finding = await take(step);
    signal?.throwIfAborted();
    findings.push(finding);
    if (!finding.ok) return { ok: false, findings };
  }
  return { ok: true, findings };
}

async function take({ subject, look, hint }: CheckStep): Promise<CheckFinding> {
  try {
    return { subject, ok: true, message: await look() };
  } catch (error) {
    // A foreign error's text may hold anything, names and links included.
    if (!ArchiveError.isInstance(error)) return { subject, ok: false, message: 'The check itself failed.', hint };
    return { subject, ok: false, message: error.message, hint: error.hint ?? hint };
  }
}
