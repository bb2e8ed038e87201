import { defineLayout } from './define-layout.ts';
import type { Layout } from './layout.ts';

/** Ready-made layouts. */
export const layouts: {
  /** What SpotDraft's own storage integrations do: `NDA/Acme Inc/Mutual NDA-03312026.pdf`. */
  readonly native: Layout;
  /** One folder a counterparty: `Acme Inc/2026-03-31 Mutual NDA (T-19589).pdf`. */
  readonly byCounterparty: Layout;
  /** One folder a year, then one a counterparty: `2026/Acme Inc/2026-03-31 Mutual NDA (T-19589).pdf`. */
  readonly byYear: Layout;
  /** For groups: one folder for each own legal entity, then type and year: `Example GmbH/NDA/2026/Acme Inc - Mutual NDA (T-19589).pdf`. */
  readonly byEntity: Layout;
} = {
  native: defineLayout('{contractType}/{counterparty}/{title}-{executedAt:MMddyyyy}.pdf'),
  byCounterparty: defineLayout('{counterparty}/{executedAt:yyyy-MM-dd} {title} ({contractId})'),
  byYear: defineLayout('{executedAt:yyyy}/{counterparty}/{executedAt:yyyy-MM-dd} {title} ({contractId})'),
  byEntity: defineLayout('{entity}/{contractType}/{executedAt:yyyy}/{counterparty} - {title} ({contractId})'),
};
