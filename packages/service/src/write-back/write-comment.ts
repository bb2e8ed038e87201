import type { Writing } from './write-back.ts';

/** Adds a comment to the activity log of a T contract, unless it is there. Two requests; safe to repeat. */
export async function writeComment({ contractId, text, spotdraft, signal }: Writing): Promise<void> {
  const comment = withoutMentions(text);
  for await (const { text: written } of spotdraft.contracts.comments(contractId, { signal })) if (written === comment) return;
  await spotdraft.contracts.addComment(contractId, comment, { signal });
}

/** `!!@12!!` would mention the user with the id 12. */
function withoutMentions(text: string): string {
  return text.replaceAll('!!@', '! !@');
}
