import type { StorageDestination } from '@spotdraft-archive/core/destination';
import { columnCarrier, connectDrive, graphDestination, sidecarCarrier } from '@spotdraft-archive/microsoft-graph';
import { capabilitiesBelow } from './capabilities.ts';
import { checkOneDrive } from './check.ts';
import { findDrive } from './drive.ts';
import { type OneDriveOptions, parseOptions } from './options.ts';

/** Site, user and library in the address of a work drive, or the app's folder: they count towards the 400 characters of a path. */
const roomAbove = 100;

/**
 * A folder in a OneDrive, of a work or a personal account, as a destination.
 *
 * Any number of processes may archive to the same folder at once. Throws `ConfigurationError` when an option is missing or wrong; Microsoft Graph is
 * first asked by the first call.
 *
 * @example
 * const drive = oneDrive({ auth: { tenantId, clientId, clientSecret }, drive: { user: 'archive@contoso.com' }, path: 'Contracts' });
 */
export function oneDrive(options: OneDriveOptions): StorageDestination {
  const settings = parseOptions(options);
  const { provider, account, folders, createColumns } = settings;
  const api = connectDrive(settings);
  const root = findDrive(api, settings);
  const columns = account === 'work' ? columnCarrier(api, { provider, createColumns }) : undefined;
  return graphDestination({
    settings,
    capabilities: capabilitiesBelow(account, folders.join('/').length + roomAbove),
    api,
    drive: { carrier: columns ?? sidecarCarrier(api, provider), root, sessionsReserveNames: account === 'work' },
    check: async (call = {}) => checkOneDrive({ api, provider, columns, root, call }),
  });
}
