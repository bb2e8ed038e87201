export { filesystem } from './filesystem.ts';
export type { FilesystemOptions } from './options.ts';
