import { ArchiveError, createDestinationRequester, type StorageDestination, systemClock } from '@spotdraft-archive/core/destination';
import { createDriveApi } from './api.ts';
import { actsAsServiceAccount, createAuth } from './auth.ts';
import { capabilities } from './capabilities.ts';
import { checkDrive } from './check.ts';
import { completeCopy } from './complete-copy.ts';
import type { DriveContext } from './context.ts';
import { copyNotFound, errorTable, provider } from './errors.ts';
import { createFileIds } from './file-ids.ts';
import { createFolderPaths } from './folder-paths.ts';
import { createFolders } from './folders.ts';
import { findById, findByKey } from './lookup.ts';
import { toCopy } from './metadata.ts';
import { type GoogleDriveOptions, parseOptions } from './options.ts';
import { putDocument } from './put.ts';
import { createRootFolder } from './root-folder.ts';

/**
 * A folder in Google Drive, or a shared drive, as a destination.
 *
 * Any number of processes may archive to one folder at once. Throws `ConfigurationError` when an option is missing or wrong; connects to
 * nothing until the first call.
 *
 * @example
 * const drive = googleDrive({ auth: { serviceAccount: key }, folderId: '0AExampleSharedDrive' });
 */
export function googleDrive(options: GoogleDriveOptions): StorageDestination {
  const drive = createContext(options);
  const { api, paths, settings } = drive;
  const isServiceAccount = actsAsServiceAccount(options.auth);

  return {
    provider,
    capabilities: { ...capabilities, resumableFromBytes: settings.resumableFromBytes },

    check: ({ signal } = {}) => checkDrive(drive, { isServiceAccount, signal }),

    put: (document, putOptions = {}) => putDocument(document, putOptions, drive),

    async find(query, { signal } = {}) {
      const found = await findByKey(query, { signal }, drive);
      if (!found) return undefined;
      // An attempt that died after the upload has not locked the copy, and who finds it will not put it again.
      const file = await completeCopy(found.file, { options: { signal }, drive });
      return toCopy(file, { settings, twins: found.twins, path: await paths.pathOf(file, { signal }) });
    },

    async stat(id, { signal } = {}) {
      const file = await findById(id, { signal }, drive);
      return file && toCopy(file, { settings, path: await paths.pathOf(file, { signal }) });
    },

    async open(id, { offset, signal } = {}) {
      // Drive gives the bytes of what lies in the bin, too.
      if (!(await findById(id, { signal }, drive))) throw copyNotFound(id);
      try {
        return (await api.download(id, { offset, signal })).body;
      } catch (error) {
        if (ArchiveError.isInstance(error) && error.code === 'destination.not_found') throw copyNotFound(id);
        throw error;
      }
    },
  };
}

function createContext(options: GoogleDriveOptions): DriveContext {
  const settings = parseOptions(options);
  const { fetch, clock = systemClock, retry, timeoutMs, onEvent, tokenUrl } = options;
  const tokenSource = createAuth(options.auth, { tokenUrl, fetch, clock });
  const credentialHosts = [settings.base.host];
  const requester = createDestinationRequester({
    provider,
    errorTable,
    tokenSource,
    credentialHosts,
    fetch,
    retry,
    timeoutMs,
    onEvent,
    clock,
  });
  const api = createDriveApi(requester, settings.base);
  const root = createRootFolder(api, settings.folderId);
  const ids = createFileIds(api);
  const paths = createFolderPaths({ api, root, clock });
  const folders = createFolders({ api, ids, paths, root, clock });
  return { api, settings, root, ids, folders, paths };
}
