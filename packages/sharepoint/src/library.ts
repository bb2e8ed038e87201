import { type CallOptions, DestinationError, onceEach } from '@spotdraft-archive/core/destination';
import type { DriveApi, DriveRoot } from '@spotdraft-archive/microsoft-graph';
import { z } from 'zod';
import type { SharePointSettings } from './options.ts';

const siteSchema = z.object({ id: z.string().min(1) });
const driveSchema = z.object({ id: z.string().min(1), name: z.string().nullish(), driveType: z.string(), webUrl: z.string().nullish() });
const drivesSchema = z.object({ value: z.array(driveSchema), '@odata.nextLink': z.string().optional() });

type Drive = z.output<typeof driveSchema>;

/** Finds the library by the site's address and its own name, once. */
export function findLibrary(api: DriveApi, settings: SharePointSettings): (call: CallOptions) => Promise<DriveRoot> {
  const found = onceEach<DriveRoot>();
  const { folders } = settings;
  return async ({ signal }) =>
    found.get('library', {
      make: async (shared) => {
        const siteId = await readSite(api, settings, shared);
        const { id, driveType } = await readDrive(api, settings, { siteId, signal: shared });
        return { driveId: id, driveType, start: 'root', baseFolders: [], folders };
      },
      signal,
    });
}

/** https://learn.microsoft.com/graph/api/site-getbypath */
async function readSite({ requester, urlOf }: DriveApi, { site, provider }: SharePointSettings, signal: AbortSignal): Promise<string> {
  const path = site.pathname.replace(/\/+$/, '');
  const answer = await requester.request({
    operation: 'find the site',
    method: 'GET',
    url: urlOf(path === '' ? `sites/${site.host}` : `sites/${site.host}:${path}`),
    query: { $select: 'id' },
    expect: [200, 404],
    repeat: 'safe',
    signal,
  });
  if (answer.status === 200) return answer.json(siteSchema).id;
  throw notFound(
    `${provider}: the site was not found.`,
    'Look at "siteUrl", and whether the app was granted access to this very site (Sites.Selected).',
  );
}

interface DriveQuery {
  readonly siteId: string;
  readonly signal: AbortSignal;
}

async function readDrive(
  { requester, urlOf }: DriveApi,
  { library, provider }: SharePointSettings,
  { siteId, signal }: DriveQuery,
): Promise<Drive> {
  const base = `sites/${encodeURIComponent(siteId)}`;
  const get = (operation: string, url: URL) => requester.request({ operation, method: 'GET', url, expect: [200], repeat: 'safe', signal });
  if (library === undefined) return (await get('find the library', urlOf(`${base}/drive`))).json(driveSchema);
  let next: URL | undefined = urlOf(`${base}/drives?$select=id,name,driveType,webUrl`);
  while (next !== undefined) {
    const page: z.output<typeof drivesSchema> = (await get('list the libraries', next)).json(drivesSchema);
    const drive = page.value.find((candidate) => isNamed(candidate, library));
    if (drive !== undefined) return drive;
    const link = page['@odata.nextLink'];
    next = link === undefined ? undefined : new URL(link);
  }
  throw notFound(
    `${provider}: the site has no library of that name.`,
    'Look at "library": it is the name that people see in the site contents. The role "write" cannot make libraries.',
  );
}

/** The name people see, or the one in the address: "Documents" lies at `Shared Documents`. */
function isNamed({ name, webUrl }: Drive, library: string): boolean {
  const inAddress = decodeURIComponent(new URL(webUrl ?? 'https://none.invalid/').pathname.split('/').at(-1) ?? '');
  return [name, inAddress].some((candidate) => candidate?.toLowerCase() === library.toLowerCase());
}

function notFound(message: string, hint: string): DestinationError {
  return new DestinationError(message, { code: 'destination.folder_not_found', recovery: 'operator', hint });
}
