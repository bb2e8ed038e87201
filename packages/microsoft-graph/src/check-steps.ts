import { randomUUID } from 'node:crypto';
import { type CheckStep, DestinationError } from '@spotdraft-archive/core/destination';
import type { Call, DriveApi } from './api.ts';
import { addressOfPath, type DriveRoot } from './drive-root.ts';

export interface CheckOptions {
  readonly api: DriveApi;
  readonly provider: string;
  readonly root: (call: Call) => Promise<DriveRoot>;
  readonly call: Call;
}

/** Looks whether the folder is there. One that is missing is made with the first document. */
export function folderStep({ api, provider, root, call }: CheckOptions): CheckStep {
  return {
    subject: 'folder',
    hint: 'Look at the option "path".',
    async look() {
      const item = await api.item(addressOfPath(await root(call), []), call);
      if (item === undefined) return 'The folder is not there yet; the first document makes it.';
      if (item.file === undefined) return 'The folder is there.';
      throw new DestinationError(`${provider}: a file lies where the folder should be.`, {
        code: 'destination.folder_not_found',
        recovery: 'operator',
        hint: 'Name a folder in the option "path".',
      });
    },
  };
}

/** Looks whether a file could be written, by an upload session that is ended before its first byte. */
export function permissionStep({ api, root, call }: CheckOptions): CheckStep {
  return {
    subject: 'permission to write',
    hint: 'Give the app the right to write.',
    async look() {
      const place = await root(call);
      const name = `check-${randomUUID()}.tmp`;
      const open = (folders: readonly string[]) =>
        api.openSession(addressOfPath({ ...place, folders }, [name]), { conflictBehavior: 'fail', signal: call.signal });
      const inFolder = await open(place.folders);
      const answer = 'result' in inFolder ? inFolder : await open([]);
      if ('result' in answer) await api.deleteSession(answer.result.uploadUrl, call);
      return 'Documents can be written.';
    },
  };
}
