import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigurationError } from '@spotdraft-archive/core/destination';

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
export function parseOptions({ directory, createDirectory = true }: FilesystemOptions): FilesystemSettings {
  if (directory === undefined || directory === '') throw invalid('config.missing_option', 'is missing');
  if (directory instanceof URL && directory.protocol !== 'file:') throw invalid('config.invalid_option', 'is a URL of another kind');
  return { directory: resolve(directory instanceof URL ? fileURLToPath(directory) : directory), createDirectory };
}

function invalid(code: 'config.missing_option' | 'config.invalid_option', problem: string): ConfigurationError {
  return new ConfigurationError(`filesystem: "directory" ${problem}. Pass a path: filesystem({ directory: '/srv/contracts' }).`, {
    code,
    recovery: 'never',
    hint: 'Name the directory in which the archive lies, as a path or a file: URL.',
  });
}
