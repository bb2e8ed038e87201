import { type PlannedRepair } from '../repair/finding.ts';
import { idsAtOnce, planGone, type SourceContext } from '../repair/plan-gone.ts';
import type { ScanRound } from './scan-progress.ts';

export interface SourcePage {
  readonly scan: ScanRound;
  readonly isLast: boolean;
  readonly planned: readonly PlannedRepair[];
}

/** Asks whether SpotDraft still has the next contracts of the archive, in as few requests as can be. */
export async function planSourcePage(scan: ScanRound, context: SourceContext, limit: number): Promise<SourcePage> {
  const rows = await context.database
    .selectFrom('archive_contracts')
    .select('contract_id')
    .where('source_state', '=', 'EXECUTED')
    .where('contract_id', '>', scan.position ?? '')
    .orderBy('contract_id')
    .limit(Math.min(limit, idsAtOnce))
    .execute();
  const ids = rows.map((row) => row.contract_id);
  const planned = await planGone(ids, context);
  const counts = { ...scan.counts, checked: scan.counts.checked + ids.length };
  return { scan: { ...scan, position: ids.at(-1) ?? scan.position, counts }, isLast: rows.length < Math.min(limit, idsAtOnce), planned };
}
