/** What every adapter has, so that who knows one knows all. */
export interface AdapterFamily {
  /** Folder below `packages/`. */
  readonly package: string;
  /** Its file, named after the package, exports the factory; `index.ts` exports the factory and its options. */
  readonly factory: string;
  readonly options: string;
  /** The package that holds the store's protocol, when several adapters share it. @default the adapter itself */
  readonly protocol?: string;
}

export const adapters: readonly AdapterFamily[] = [
  { package: 'google-drive', factory: 'googleDrive', options: 'GoogleDriveOptions' },
  { package: 'dropbox', factory: 'dropbox', options: 'DropboxOptions' },
  { package: 'box', factory: 'box', options: 'BoxOptions' },
  { package: 'sharepoint', factory: 'sharePoint', options: 'SharePointOptions', protocol: 'microsoft-graph' },
  { package: 'onedrive', factory: 'oneDrive', options: 'OneDriveOptions', protocol: 'microsoft-graph' },
];

/** What belongs to an adapter as people use it. */
export const ownFiles: readonly string[] = ['src/index.ts', 'src/options.ts', 'src/capabilities.ts', 'src/check.ts', 'README.md'];

/** What speaks the store's protocol. */
export const protocolFiles: readonly string[] = [
  'options',
  'auth',
  'api',
  'context',
  'put',
  'upload',
  'checkpoint',
  'folders',
  'lookup',
  'errors',
  'capabilities',
].map((job) => `src/${job}.ts`);
