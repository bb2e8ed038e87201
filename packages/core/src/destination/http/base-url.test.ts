import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../errors/configuration-error.ts';
import { parseBaseUrl } from './base-url.ts';
import { checkCredentialHost } from './outgoing-url.ts';

describe('parseBaseUrl', () => {
  it.each([
    ['https://graph.microsoft.com/v1.0', 'https://graph.microsoft.com/v1.0/'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
    ['http://localhost:1/a/', 'http://localhost:1/a/'],
    ['http://[::1]:1', 'http://[::1]:1/'],
  ])('accepts %s', (value, expected) => {
    expect(parseBaseUrl(value, { provider: 'teststore', option: 'baseUrl' }).href).toBe(expected);
  });

  it.each([
    '',
    'graph.microsoft.com',
    'http://example.com',
    'http://127.0.0.1.example.com',
    'https://kim@example.com',
    'https://example.com/?a=b',
  ])('refuses %j by the name of the option', (value) => {
    expect(() => parseBaseUrl(value, { provider: 'teststore', option: 'baseUrl' })).toThrow(ConfigurationError);
    expect(() => parseBaseUrl(value, { provider: 'teststore', option: 'baseUrl' })).toThrow('teststore: "baseUrl"');
  });
});

function checkHost(url: string): void {
  checkCredentialHost(new URL(url), { provider: 'teststore', hosts: ['api.box.com', '*.app.box.com'] });
}

describe('the token', () => {
  it.each(['https://api.box.com/2.0', 'https://upload.app.box.com/a'])('is given to %s', (url) => {
    expect(() => checkHost(url)).not.toThrow();
  });

  it.each(['https://api.box.com:444/', 'https://box.com/', 'https://app.box.com.example.com/', 'https://evilapp.box.com/'])(
    'is not given to %s',
    (url) => {
      expect(() => checkHost(url)).toThrow('the token is not sent to');
    },
  );
});
