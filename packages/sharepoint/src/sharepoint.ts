import type { StorageDestination } from '@spotdraft-archive/core/destination';
import { columnCarrier, connectDrive, graphDestination } from '@spotdraft-archive/microsoft-graph';
import { capabilitiesBelow } from './capabilities.ts';
import { checkSharePoint } from './check.ts';
import { findLibrary } from './library.ts';
import { parseOptions, type SharePointOptions } from './options.ts';
import { labelCopy } from './retention.ts';

/** The name in a library's address may be longer than the one people see. */
const roomForLibraryName = 20;

/**
 * A document library of SharePoint, or a folder in it, as a destination.
 *
 * Any number of processes may archive to the same folder at once. Throws `ConfigurationError` when an option is missing or wrong; Microsoft Graph is
 * first asked by the first call.
 *
 * @example
 * const legal = sharePoint({ auth: { tenantId, clientId, clientSecret }, siteUrl: 'https://contoso.sharepoint.com/sites/legal', library: 'Contracts' });
 */
export function sharePoint(options: SharePointOptions): StorageDestination {
  const settings = parseOptions(options);
  const { provider, site, library = 'Documents', folders, createColumns, retentionLabel } = settings;
  const api = connectDrive(settings);
  const root = findLibrary(api, settings);
  const carrier = columnCarrier(api, { provider, createColumns });
  const above = [site.pathname, library, ...folders].join('/').length + roomForLibraryName;
  return graphDestination({
    settings,
    capabilities: capabilitiesBelow(above),
    api,
    drive: {
      carrier,
      root,
      sessionsReserveNames: true,
      seal: retentionLabel === undefined ? undefined : (item, place, call) => labelCopy(item, { api, settings, root: place, call }),
    },
    check: async (call = {}) => checkSharePoint({ api, provider, columns: carrier, root, call }),
  });
}
