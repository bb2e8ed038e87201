import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigurationError, checkOptions, optionRules } from '@spotdraft-archive/core/destination';

export interface FilesystemOptions {
  /** Where the archive lies: a path, relative to the working directory of the process, or a `file:` URL. */
  readonly directory: string | URL;
  /**
   * Whether the first put creates the directory, and those above it, when it does not exist. Pass `false` for disks and shares that are
   * mounted: one that is not mounted must not be taken for an empty archive.
   *
   * @default true
   */
  readonly createDirectory?: boolean | undefined;
}

export interface FilesystemSettings {
  /** An absolute path. */
  readonly directory: string;
  readonly createDirectory: boolean;
}

/** Throws `ConfigurationError` when an option is missing or wrong. */
export function parseOptions(options: FilesystemOptions): FilesystemSettings {
  const { directory, createDirectory = true } = options ?? {};
  if (directory === undefined || directory === '') throw invalid('config.missing_option', 'is missing');
  const path = directory instanceof URL ? pathOf(directory) : directory;
  if (typeof path !== 'string' || path.includes('\0')) throw invalid('config.invalid_option', 'is no path');
  checkOptions(options, { owner: 'filesystem', rules: { createDirectory: optionRules.yesOrNo } });
  return { directory: resolve(path), createDirectory };
}

function pathOf(url: URL): string {
  if (url.protocol !== 'file:') throw invalid('config.invalid_option', 'is a URL of another kind');
  return fileURLToPath(url);
}

function invalid(code: 'config.missing_option' | 'config.invalid_option', problem: string): ConfigurationError {
  return new ConfigurationError(`filesystem: "directory" ${problem}. Pass a path: filesystem({ directory: '/srv/contracts' }).`, {
    code,
    recovery: 'never',
    hint: 'Name the directory in which the archive lies, as a path or a file: URL.',
  });
}
