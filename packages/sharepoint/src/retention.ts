import { jsonBody } from '@spotdraft-archive/core/destination';
import { addressOfId, type DriveApi, type DriveItem, type DriveRoot, type SealCall } from '@spotdraft-archive/microsoft-graph';
import { z } from 'zod';
import type { SharePointSettings } from './options.ts';

const labelSchema = z.object({
  name: z.string().nullish(),
  retentionSettings: z.object({ isRecordLocked: z.boolean().nullish() }).nullish(),
});

type Label = z.output<typeof labelSchema>;

export interface LabelOptions {
  readonly api: DriveApi;
  readonly settings: SharePointSettings;
  readonly root: DriveRoot;
  readonly call: SealCall;
}

/**
 * Puts the retention label on a copy and locks it as a record: after everything else, since a locked record takes no more changes.
 *
 * Safe to repeat: a copy that may be sealed already is looked at first. https://learn.microsoft.com/graph/api/driveitem-setretentionlabel
 */
export async function labelCopy({ id }: DriveItem, { api, settings, root, call }: LabelOptions): Promise<void> {
  const { requester, urlOf } = api;
  const { retentionLabel, lockRecords } = settings;
  const { isNew, signal } = call;
  const url = urlOf(`${addressOfId(root, id)}/retentionLabel`);
  const change = (body: Label) =>
    requester.request({ operation: 'label the copy', method: 'PATCH', url, body: jsonBody(body), expect: [200], repeat: 'safe', signal });

  const label = isNew ? undefined : await readLabel(api, url, call);
  if (label?.name !== retentionLabel) await change({ name: retentionLabel });
  if (lockRecords && label?.retentionSettings?.isRecordLocked !== true) await change({ retentionSettings: { isRecordLocked: true } });
}

async function readLabel({ requester }: DriveApi, url: URL, { signal }: SealCall): Promise<Label | undefined> {
  const operation = 'read the label of the copy';
  const answer = await requester.request({ operation, method: 'GET', url, expect: [200, 404], repeat: 'safe', signal });
  return answer.status === 404 ? undefined : answer.json(labelSchema);
}
