import { createDestinationRequester, onceEach, type StorageDestination } from '@spotdraft-archive/core/destination';
import { createBoxApi } from './api.ts';
import { tokensOf } from './auth.ts';
import { capabilitiesOf, chunkedFromBytes } from './capabilities.ts';
import { checkBox } from './check.ts';
import type { BoxContext, BoxTuning } from './context.ts';
import { errorTable, isMetadataGone } from './errors.ts';
import { createFolders } from './folders.ts';
import { findCopy, statCopy } from './lookup.ts';
import { type BoxOptions, type BoxSettings, parseOptions } from './options.ts';
import { putDocument } from './put.ts';
import { type Carrier, ensureTemplate, globalCarrier } from './template.ts';
import { createUploadApi } from './upload-api.ts';

/** A commit of many parts takes its time, and says so again and again. */
const tuningOfBox: BoxTuning = { chunkedFromBytes, retry: {}, commitRetry: { budgetMs: 300_000, maxTries: 100, maxDelayMs: 5_000 } };

/**
 * A destination in one Box folder.
 *
 * Throws `ConfigurationError` when an option is missing or wrong; connects to nothing until it is used.
 *
 * @example
 * const destination = box({ auth: { clientId, clientSecret, enterpriseId }, folderId: '123456789' });
 */
export function box(options: BoxOptions): StorageDestination {
  return createBoxDestination(options, tuningOfBox);
}

/** `box`, with limits that tests can make smaller than Box has them. */
export function createBoxDestination(options: BoxOptions, tuning: BoxTuning): StorageDestination {
  const settings = parseOptions(options);
  const context = createContext(settings, tuning);
  return {
    provider: 'box',
    capabilities: capabilitiesOf(settings, tuning),
    check: ({ signal } = {}) => checkBox(context, { signal }),
    put: (document, putOptions = {}) => forgettingStaleTemplate(context, () => putDocument(document, putOptions, context)),
    find: (query, { signal } = {}) => forgettingStaleTemplate(context, () => findCopy(query, context, { signal })),
    stat: (id, { signal } = {}) => statCopy(id, context, { signal }),
    open: async (id, openOptions = {}) => (await context.api.download(id, openOptions)).body,
  };
}

function createContext(settings: BoxSettings, { retry, commitRetry, chunkedFromBytes: fromBytes }: BoxTuning): BoxContext {
  const { auth, baseUrl, uploadUrl, fetch, timeoutMs, onEvent, folderId } = settings;
  const { tokenSource, headers } = tokensOf(auth, { baseUrl, fetch });
  const requester = createDestinationRequester({
    provider: 'box',
    errorTable,
    tokenSource,
    credentialHosts: hostsOf(settings),
    fetch,
    timeoutMs,
    onEvent,
    retry: settings.retry === undefined ? retry : settings.retry,
  });
  const api = createBoxApi({ requester, baseUrl, headers });
  const carriers = onceEach<Carrier>();
  return {
    settings,
    api,
    uploads: createUploadApi({ requester, uploadUrl, headers, commitRetry }),
    folders: createFolders({ api, folderId }),
    chunkedFromBytes: fromBytes,
    carrier: async ({ signal }) => {
      if (settings.metadata === 'global-properties') return globalCarrier;
      return carriers.get('', { make: (shared) => ensureTemplate(api, settings, { signal: shared }), signal });
    },
    forgetCarrier: () => carriers.forget(''),
  };
}

/** Somebody may delete the template while this process knows it; the next attempt has to look for it again. */
async function forgettingStaleTemplate<Result>(context: BoxContext, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isMetadataGone(error)) context.forgetCarrier();
    throw error;
  }
}

/** Upload sessions name hosts of their own, and they want the token too. */
function hostsOf({ baseUrl, uploadUrl }: BoxSettings): readonly string[] {
  const isBox = uploadUrl.host === 'upload.box.com';
  return [baseUrl.host, uploadUrl.host, ...(isBox ? ['*.box.com', '*.boxcloud.com'] : [])];
}
