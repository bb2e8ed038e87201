import { type CallOptions, jsonBody } from '@spotdraft-archive/core/destination';
import { addressOfId, type DriveApi, type DriveItem, type DriveRoot } from '@spotdraft-archive/microsoft-graph';
import type { SharePointSettings } from './options.ts';

/**
 * Puts the retention label on a copy and locks it as a record: after everything else, since a locked record takes no more changes.
 *
 * Safe to repeat. https://learn.microsoft.com/graph/api/driveitem-setretentionlabel
 */
export async function labelCopy(
  { id }: DriveItem,
  {
    api,
    settings,
    root,
    call,
  }: { readonly api: DriveApi; readonly settings: SharePointSettings; readonly root: DriveRoot; readonly call: CallOptions },
): Promise<void> {
  const { retentionLabel, lockRecords } = settings;
  const changes = [{ name: retentionLabel }, ...(lockRecords ? [{ retentionSettings: { isRecordLocked: true } }] : [])];
  for (const change of changes) {
    await api.requester.request({
      operation: 'label the copy',
      method: 'PATCH',
      url: api.urlOf(`${addressOfId(root, id)}/retentionLabel`),
      body: jsonBody(change),
      expect: [200],
      repeat: 'safe',
      signal: call.signal,
    });
  }
}
