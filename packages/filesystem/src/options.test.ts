import { describe, expect, it } from 'vitest';
import { filesystem } from './filesystem.ts';
import { type FilesystemOptions, parseOptions } from './options.ts';

describe('filesystem', () => {
  it('needs a directory, and says how to give one, before anything is touched', () => {
    for (const options of [undefined, {}, { directory: '' }]) {
      expect(() => filesystem(options as FilesystemOptions)).toThrow(/filesystem: "directory" is missing\. Pass a path/);
    }
  });

  it.each([7, null, ['archive'], 'arch\0ive'])('refuses what is no path: %j', (directory) => {
    expect(() => filesystem({ directory } as unknown as FilesystemOptions)).toThrow(
      expect.objectContaining({ code: 'config.invalid_option' }),
    );
  });

  it('takes no URL of another kind', () => {
    expect(() => filesystem({ directory: new URL('https://example.com/archive') })).toThrow(
      expect.objectContaining({ code: 'config.invalid_option', hint: expect.any(String) }),
    );
  });

  it('takes relative paths from the working directory of the moment, so that a later change of it changes nothing', () => {
    expect(parseOptions({ directory: 'archive' }).directory).toBe(`${process.cwd()}/archive`);
    expect(parseOptions({ directory: new URL('file:///srv/contracts%202026') }).directory).toBe('/srv/contracts 2026');
  });
});
