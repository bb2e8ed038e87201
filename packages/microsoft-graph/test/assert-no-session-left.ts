import assert from 'node:assert/strict';
import type { MicrosoftGraphEmulator } from '@spotdraft-archive/testkit';

/** Asserts that no session is open but those whose address was lost on its way: nobody can end them. */
export function assertNoSessionLeft({ state, requests }: MicrosoftGraphEmulator): void {
  const opened = requests.list({ method: 'POST', path: /\/createUploadSession$/ });
  const lost = opened.filter(({ status, outcome }) => status === 200 && outcome !== 'answered');
  assert.equal(state.sessions.open.length, lost.length, 'A session is open whose address was known.');
}
