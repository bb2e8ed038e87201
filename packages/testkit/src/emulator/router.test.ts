import { expect, it } from 'vitest';
import { Router } from './router.ts';

const router = new Router<string>()
  .on('GET', '/files/:id', ({ params, context }) => Response.json({ ...params, context }))
  .on('GET', '/files/:id/', () => new Response('slash'))
  .on('GET', '/root:/*path', ({ params }) => Response.json(params))
  .on('GET', /\/items\('(?<id>[^']+)'\)/, ({ params }) => Response.json(params));

const get = async (path: string): Promise<string | undefined> =>
  (await router.handle(new Request(`http://emulator.invalid${path}`), 'here'))?.text();

it('matches whole paths with their slashes, and decodes what the path names', async () => {
  expect(await get('/files/a%2Fb?x=1')).toBe('{"id":"a/b","context":"here"}');
  expect(await get('/files/1/')).toBe('slash');
  expect(await get('/files/1/2')).toBeUndefined();
  expect(await get('/root:/a/b%20c:/content')).toBe('{"path":"a/b c:/content"}');
  expect(await get("/items('7')")).toBe('{"id":"7"}');
});

it('does not answer another method', () => {
  expect(router.match('POST', '/files/1')).toBeUndefined();
});
