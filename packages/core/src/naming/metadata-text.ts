/** How deep lists and objects are read: deeper than any value SpotDraft is known to have. */
const maxDepth = 4;

/**
 * Writes a metadata value of any type as people would: `USD 1000`, `2 years`, `+1 5550100`, `red, blue`, `Yes`.
 *
 * `undefined` when the value is null, or holds nothing that can be written.
 */
export function metadataText(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value !== 'object' || value === null || depth > maxDepth) return undefined;
  return Array.isArray(value) ? join(value, depth) : (objectText(value) ?? join(Object.values(value), depth));
}

function join(values: readonly unknown[], depth: number): string | undefined {
  const texts = values.map((value) => metadataText(value, depth + 1)).filter((text) => text !== undefined && text !== '');
  return texts.length > 0 ? texts.join(', ') : undefined;
}

/** Durations, amounts of money and phone numbers, known by their shape: SpotDraft's names for data types are not documented. */
function objectText(value: object): string | undefined {
  const { type, value: amount, days, number, country_code: country, code } = value as Readonly<Record<string, unknown>>;
  if (isWritable(amount) && typeof type === 'string') return isDuration(type, days) ? duration(amount, type) : `${type} ${amount}`;
  if (isWritable(number)) return [dialingCode([code, country]), number].filter((part) => part !== undefined).join(' ');
  return undefined;
}

function isWritable(value: unknown): value is string | number {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}

function isDuration(type: string, days: unknown): boolean {
  return days !== undefined || /^(?:day|week|month|quarter|year)s?$/i.test(type);
}

function duration(amount: string | number, type: string): string {
  const unit = type.toLowerCase();
  return `${amount} ${Number(amount) === 1 ? unit.replace(/s$/, '') : unit}`;
}

// One of the two holds `+1`, the other `US`; which is which is not documented.
function dialingCode(candidates: readonly unknown[]): string | undefined {
  const code = candidates
    .filter(isWritable)
    .map(String)
    .find((candidate) => /^\+?\d+$/.test(candidate));
  return code === undefined || code.startsWith('+') ? code : `+${code}`;
}
