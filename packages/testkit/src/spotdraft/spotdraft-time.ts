/** A moment as SpotDraft writes it: microseconds, and no fraction at all on the full second. */
export function spotDraftTime(ms: number): string {
  const text = new Date(ms).toISOString();
  return ms % 1000 === 0 ? text.replace('.000Z', 'Z') : text.replace('Z', '000Z');
}
