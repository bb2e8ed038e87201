import { createDestinationRequester, type StorageDestination } from '@spotdraft-archive/core/destination';
import PQueue from 'p-queue';
import { tokenSourceOf } from './auth.ts';
import { capabilitiesOf } from './capabilities.ts';
import { checkDropbox } from './check.ts';
import type { DropboxContext } from './context.ts';
import { errorTable } from './errors.ts';
import { describeCopy, findCopy, openCopy } from './lookup.ts';
import { type DropboxOptions, type DropboxSettings, parseOptions } from './options.ts';
import { propertyCarrier } from './property-carrier.ts';
import { putDocument } from './put.ts';
import { sidecarCarrier } from './sidecar-carrier.ts';
import { createTemplates } from './templates.ts';
import { createTransport } from './transport.ts';

/**
 * A folder in Dropbox as a destination.
 *
 * Any number of processes may archive to the same folder at once. Throws `ConfigurationError` when an option is missing or wrong; Dropbox is first
 * called by the first method.
 *
 * @example
 * const archive = dropbox({ auth: { appKey, appSecret, refreshToken }, path: '/Contracts' });
 */
export function dropbox(options: DropboxOptions): StorageDestination {
  return createDropboxDestination(options);
}

/** `dropbox`, with pieces that tests can make smaller than the hash has blocks. Only concurrent sessions, which are not used, forbid that. */
export function createDropboxDestination(
  options: DropboxOptions,
  tuning: Partial<Pick<DropboxSettings, 'pieceBytes'>> = {},
): StorageDestination {
  const settings = { ...parseOptions(options), ...tuning };
  const context = contextOf(settings);
  return {
    provider: 'dropbox',
    capabilities: capabilitiesOf(settings),
    check: ({ signal } = {}) => checkDropbox(context, { signal }),
    put: (document, putOptions = {}) => putDocument(document, putOptions, context),
    find: (query, { signal } = {}) => findCopy(query, context, { signal }),
    stat: (id, { signal } = {}) => describeCopy(id, context, { signal }),
    open: (id, { offset = 0, signal } = {}) => openCopy(id, context, { offset, signal }),
  };
}

function contextOf(settings: DropboxSettings): DropboxContext {
  const { auth, apiUrl, contentUrl, fetch, retry, timeoutMs, onEvent, access, commitsAtOnce } = settings;
  const requester = createDestinationRequester({
    provider: 'dropbox',
    errorTable,
    tokenSource: tokenSourceOf(auth, { apiUrl, fetch }),
    credentialHosts: [apiUrl.host, contentUrl.host],
    fetch,
    retry,
    timeoutMs,
    onEvent,
  });
  const transport = createTransport(requester, settings);
  const commits = new PQueue({ concurrency: commitsAtOnce });
  return {
    settings,
    transport,
    carrier:
      access === 'app-folder' ? sidecarCarrier(transport, settings) : propertyCarrier(transport, createTemplates(transport, settings)),
    takeTurn: (commit, { signal }) => commits.add(commit, { ...(signal !== undefined && { signal }) }),
    now: Date.now,
  };
}
