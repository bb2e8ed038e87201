import type { PutResult } from '@spotdraft-archive/core/destination';
import { createLink, findLink } from './api.ts';
import type { DropboxContext } from './context.ts';
import type { CallSignal } from './transport.ts';

/** Gives a copy the kind of link that the options ask for. The audience is always stated: without it Dropbox makes public links. */
export async function addLink(
  { copy, outcome }: PutResult,
  { settings, transport }: DropboxContext,
  { signal }: CallSignal,
): Promise<PutResult> {
  if (settings.link === 'none') return { copy, outcome };
  const made = await createLink(transport, { path: copy.id, audience: settings.link, signal });
  const webUrl = made ?? (await findLink(transport, { path: copy.id, signal }));
  return { copy: { ...copy, webUrl }, outcome };
}
