import type { ArchiveResult } from '@spotdraft-archive/core';
import Table from 'cli-table3';
import type { PlayedContract } from './play.ts';

export interface Outcome {
  readonly played: readonly PlayedContract[];
  readonly archived: ReadonlyMap<string, ArchiveResult>;
  /** Ids of the contracts whose copies were read back and compared. */
  readonly verified: ReadonlySet<string>;
  /** Ids of contracts that are not executed. */
  readonly refused: ReadonlySet<string>;
  /** Webhooks that were not let in. */
  readonly refusedWebhooks: number;
  readonly failures: readonly string[];
}

/**
 * One row per contract, with the receipt of every destination: how the copy came to be, and the store's id of it. The path is that of the first
 * destination; below the table stands where a name was another, because it was taken or the store does not allow it.
 */
export function receiptTable({ archived }: Outcome, destinations: readonly string[]): string {
  const table = new Table({
    head: ['contract', 'size', 'sha256', ...destinations, 'path'],
    style: { head: [], border: [], compact: true },
  });
  const others: string[] = [];
  for (const [contractId, { receipts }] of [...archived].toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))) {
    const [first] = destinations.flatMap((name) => receipts[name] ?? []);
    if (!first) continue;
    const proofs = destinations.map((name) => (receipts[name] ? `${receipts[name].outcome} ${start(receipts[name].id)}` : 'missing'));
    table.push([contractId, first.size.toLocaleString('en'), start(first.sha256), ...proofs, shorten(first.path)]);
    const paths = destinations.flatMap((name) =>
      receipts[name] && receipts[name].path !== first.path ? [[name, receipts[name].path]] : [],
    );
    others.push(...paths.map(([name, path]) => `  ${contractId}  ${name}: ${path}`));
  }
  return [table.toString(), ...(others.length > 0 ? ['Paths that differ from those above:', ...others] : [])].join('\n');
}

function start(text: string): string {
  return text.length <= 9 ? text : `${text.slice(0, 8)}…`;
}

function shorten(path: string): string {
  return path.length <= 56 ? path : `${path.slice(0, 28)}…${path.slice(-27)}`;
}

/** What differs from what has to come out; empty when all is well. */
export function differences(outcome: Outcome): readonly string[] {
  const { played, archived, verified, refused, refusedWebhooks, failures } = outcome;
  return [
    ...failures,
    ...played.flatMap(({ contractId, expected, contract }) => {
      const title = contract.title.slice(0, 40);
      if (expected === 'refused')
        return refused.has(contractId) && !archived.has(contractId) ? [] : [`${contractId} was archived: ${title}`];
      if (!archived.get(contractId)?.complete) return [`${contractId} is not archived: ${title}`];
      return verified.has(contractId) ? [] : [`${contractId} differs from its original: ${title}`];
    }),
    ...(archived.size > played.length ? [`${archived.size} contracts were archived, of ${played.length}`] : []),
    ...(refusedWebhooks === 1 ? [] : [`${refusedWebhooks} webhooks were refused, and one was forged`]),
  ];
}

export function summaryLine({ archived, verified, refused, refusedWebhooks }: Outcome, failed: number): string {
  return `archived ${archived.size}, verified ${verified.size}, refused ${refused.size + refusedWebhooks}, failed ${failed}`;
}
