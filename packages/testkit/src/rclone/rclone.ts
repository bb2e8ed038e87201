import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

/** Whether rclone is installed, and openssl, which makes the certificate for it. */
export const hasRclone: boolean = ['rclone', 'openssl'].every((program) => spawnSync(program, ['version']).status === 0);

/** Runs rclone with some arguments; answers what it wrote, and rejects with that when it failed. */
export type Rclone = (...parameters: string[]) => Promise<{ readonly stdout: string; readonly stderr: string }>;

export interface RcloneOptions {
  /** rclone's name of the backend, such as `drive`. */
  readonly backend: string;
  /** Options of the remote by rclone's names, such as `root_folder_id`. */
  readonly options: Readonly<Record<string, string>>;
  /** rclone keeps its configuration here. */
  readonly directory: string;
  readonly proxyUrl: string;
  readonly certificateFile: string;
}

/** rclone with one remote, `store:`, whose requests take the way through a proxy. */
export function rcloneWith({ backend, options, directory, proxyUrl, certificateFile }: RcloneOptions): Rclone {
  const settings = Object.entries({ type: backend, ...options }).map(([name, value]) => [
    `RCLONE_CONFIG_STORE_${name.toUpperCase()}`,
    value,
  ]);
  const env = {
    PATH: process.env['PATH'],
    HOME: directory,
    HTTPS_PROXY: proxyUrl,
    SSL_CERT_FILE: certificateFile,
    ...(Object.fromEntries(settings) as Record<string, string>),
  };
  return (...parameters) => promisify(execFile)('rclone', [...parameters, '--retries', '1', '--low-level-retries', '3'], { env });
}
