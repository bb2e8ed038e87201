import {
  createDestinationRequester,
  type DestinationCapabilities,
  pauseNearLimit,
  type StorageDestination,
  systemClock,
} from '@spotdraft-archive/core/destination';
import { createDriveApi, type DriveApi } from './api.ts';
import { clientIdOf, tokenSourceFor } from './auth.ts';
import type { GraphDrive } from './context.ts';
import { errorTable } from './errors.ts';
import { createFolders } from './folders.ts';
import { findCopy, openCopy, statCopy } from './lookup.ts';
import type { GraphSettings } from './options.ts';
import { putDocument } from './put.ts';

/** Resource units that are left for other apps of the tenant before all requests of the destination hold still. */
const unitsKeptFree = 20;

/** Makes the endpoints of a drive. Connects to nothing. */
export function connectDrive(settings: GraphSettings): DriveApi {
  const { provider, cloud, auth, fetch, clock, userAgent = 'NONISV|SpotDraftArchive|spotdraft-archive/0.1' } = settings;
  const requester = createDestinationRequester({
    provider,
    errorTable,
    tokenSource: tokenSourceFor(auth, { provider, cloud, fetch, clock }),
    credentialHosts: [cloud.graph.host],
    readPause: pauseNearLimit({ keepFree: unitsKeptFree }),
    userAgent,
    fetch,
    clock,
    retry: settings.retry,
    timeoutMs: settings.timeoutMs,
    onEvent: settings.onEvent,
  });
  return createDriveApi(requester, cloud.graph);
}

export interface GraphDestinationOptions {
  readonly settings: GraphSettings;
  readonly capabilities: DestinationCapabilities;
  readonly api: DriveApi;
  readonly drive: Pick<GraphDrive, 'carrier' | 'root' | 'seal' | 'sessionsReserveNames'>;
  readonly check: StorageDestination['check'];
}

/** Wires the five verbs of a destination on a drive. */
export function graphDestination({ settings, capabilities, api, drive: own, check }: GraphDestinationOptions): StorageDestination {
  const { provider, pieceBytes, retry, clock = systemClock } = settings;
  const { altersMediaTypes } = capabilities;
  const clientId = clientIdOf(settings.auth);
  const drive: GraphDrive = { ...own, provider, api, pieceBytes, retry, clock, altersMediaTypes, clientId, folders: createFolders(api) };
  return {
    provider,
    capabilities: { ...capabilities, resumableFromBytes: pieceBytes + 1 },
    check,
    put: async (document, options = {}) => {
      options.signal?.throwIfAborted();
      return putDocument(document, options, drive);
    },
    find: async (query, options = {}) => findCopy(query, drive, options),
    stat: async (id, options = {}) => statCopy(id, drive, options),
    open: async (id, options = {}) => openCopy(id, drive, options),
  };
}
