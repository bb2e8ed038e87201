import { format, inspect } from 'node:util';
import { expect, it } from 'vitest';
import { secret } from './secret.ts';

it('a secret shows itself only when it is revealed', () => {
  const session = secret('https://example.com/session');
  const printed = [
    String(session),
    JSON.stringify({ session }),
    inspect({ session }, { showHidden: true, depth: 9 }),
    format('%s %o %j', session, session, session),
    Object.values(session).join(),
  ];
  expect(printed.join()).not.toContain('example');
  expect(session.reveal()).toBe('https://example.com/session');
});
