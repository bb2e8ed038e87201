import { ConfigurationError } from '../../errors/configuration-error.ts';

export interface BaseUrlOptions {
  /** The store's name, such as `dropbox`; begins the message. */
  readonly provider: string;
  /** The option the address came from, such as `baseUrl`. */
  readonly option: string;
}

/** Reads the base address of a store, with a slash at its end. Throws `ConfigurationError` unless it is https, or http on this machine. */
export function parseBaseUrl(value: string, { provider, option }: BaseUrlOptions): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !isSecure(url) || url.search !== '' || url.hash !== '') {
    throw new ConfigurationError(`${provider}: "${option}" must be an https address without user name, query and fragment.`, {
      code: 'config.invalid_option',
      recovery: 'never',
      hint: 'Plain http is accepted for this machine only, such as http://127.0.0.1:8080.',
    });
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

/** True when an address is encrypted or stays on this machine, and holds no user name or password. */
export function isSecure(url: URL): boolean {
  if (url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
