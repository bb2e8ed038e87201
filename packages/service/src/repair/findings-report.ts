import type { Finding, FindingKind } from './finding.ts';

/** So many findings are kept whole; all are counted. */
const keptFindings = 10_000;

/** Gathers findings for a report, whose size does not grow with what is wrong. */
export class FindingsReport {
  readonly #findings: Finding[] = [];
  readonly #counts = new Map<FindingKind, number>();
  #restored = 0;

  add(findings: readonly Finding[]): void {
    for (const finding of findings) {
      this.#counts.set(finding.kind, (this.#counts.get(finding.kind) ?? 0) + 1);
      if (finding.action === 'archive' && finding.key !== undefined) this.#restored += 1;
      if (this.#findings.length < keptFindings) this.#findings.push(finding);
    }
  }

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  /** Copies that are stored again. */
  get restored(): number {
    return this.#restored;
  }

  get counts(): Readonly<Partial<Record<FindingKind, number>>> {
    return Object.fromEntries(this.#counts);
  }
}
