import { describe, expect, it } from 'vitest';
import { serializationsOf } from './json-serializations.ts';

const nested = (levels: number): Buffer => Buffer.from('['.repeat(levels) + ']'.repeat(levels));

describe('serializationsOf', () => {
  it('writes JSON as common serializers do', () => {
    const texts = serializationsOf(Buffer.from('{"a":["é",1],"b":{}}')).map(String);
    expect(texts).toContain('{"a":["é",1],"b":{}}');
    expect(texts).toContain(String.raw`{"a": ["\u00e9", 1], "b": {}}`);
    expect(texts).toContain('{\n  "a": [\n    "é",\n    1\n  ],\n  "b": {}\n}');
  });

  it('gives nothing for what is not JSON', () => {
    expect(serializationsOf(Buffer.from('{'))).toEqual([]);
  });

  it('gives nothing for deep nesting, where indenting would make a small body huge', () => {
    expect(serializationsOf(nested(10))).not.toEqual([]);
    expect(serializationsOf(nested(4000))).toEqual([]);
  });
});
