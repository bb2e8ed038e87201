export type { BoxAuth, BoxClientCredentials, BoxSdkAuth, BoxSdkClient } from './auth.ts';
export { box } from './box.ts';
export type { BoxOptions } from './options.ts';
