import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readMultipartRelated } from '../../src/google-drive/multipart-related.ts';
import { applyFieldMask } from '../../src/google-drive/search/field-mask.ts';
import { parseSearchQuery } from '../../src/google-drive/search/search-query.ts';

describe('field masks', () => {
  const file = { id: '1', name: 'a', parents: ['p'], capabilities: { canEdit: true, canTrash: false }, list: [{ x: 1, y: 2 }] };

  it.each([
    ['id', { id: '1' }],
    ['id, name', { id: '1', name: 'a' }],
    ['capabilities/canEdit,capabilities/canTrash', { capabilities: { canEdit: true, canTrash: false } }],
    ['capabilities(canEdit)', { capabilities: { canEdit: true } }],
    ['list(x)', { list: [{ x: 1 }] }],
    ['unknown', {}],
    ['*', file],
  ])('%s', (fields, expected) => expect(applyFieldMask(file, fields)).toEqual(expected));

  it.each(['', 'id,', 'list(x', 'a)b', '(id)'])('refuse %j', (fields) => {
    expect(() => applyFieldMask(file, fields)).toThrow(/field selection/);
  });
});

describe('the search language', () => {
  it('reads properties, escapes and brackets', () => {
    const query = String.raw`('root' in parents or name = 'O\'Neill \\ Co') and appProperties has { key='k' and value='v' } and not trashed = true`;
    expect(parseSearchQuery(query)).toMatchObject({
      kind: 'and',
      left: {
        kind: 'and',
        left: { kind: 'or', right: { term: { kind: 'name', operator: '=', value: String.raw`O'Neill \ Co` } } },
        right: { term: { kind: 'property', scope: 'appProperties', name: 'k', value: 'v' } },
      },
      right: { kind: 'not', expression: { term: { kind: 'trashed', value: true } } },
    });
  });

  it.each(["name = 'O'Neill'", 'name = a', "name ~ 'a'", "'x' in lawyers", 'trashed', "(name = 'a'", "name = 'a' 'b'"])(
    'refuses %s',
    (query) => {
      expect(() => parseSearchQuery(query)).toThrow('Invalid Value');
    },
  );
});

describe('multipart/related', () => {
  const boundary = 'frontier';
  const media = Buffer.concat([randomBytes(100_000), Buffer.from('\r\n--front'), randomBytes(50)]);
  const head = `--${boundary}\r\nContent-Type: application/json\r\n\r\n{"name":"a"}\r\n--${boundary}\r\nContent-Type: application/pdf\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), media, Buffer.from(`\r\n--${boundary}--\r\n`)]);

  function streamOf(bytes: Buffer, chunkBytes: number): ReadableStream<Uint8Array<ArrayBuffer>> {
    const chunks = Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_, index) =>
      Uint8Array.from(bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes)),
    );
    return ReadableStream.from<Uint8Array<ArrayBuffer>>(chunks);
  }

  it.each([7, 4096, 1_000_000])('is read in chunks of %i bytes', async (chunkBytes) => {
    const parts = await readMultipartRelated(streamOf(body, chunkBytes), `multipart/related; boundary="${boundary}"`);
    expect(parts).toMatchObject({ metadata: { name: 'a' }, mediaType: 'application/pdf' });
    const chunks: Uint8Array[] = [];
    for await (const chunk of parts.media) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(media)).toBe(true);
  });

  it('fails when the closing boundary does not come', async () => {
    const { media: torn } = await readMultipartRelated(streamOf(body.subarray(0, -20), 4096), `multipart/related; boundary=${boundary}`);
    const readAll = async () => {
      for await (const chunk of torn) expect(chunk.byteLength).toBeGreaterThan(0);
    };
    await expect(readAll()).rejects.toThrow(/Malformed/);
  });
});
