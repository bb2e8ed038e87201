import { invalid } from '../drive-error.ts';
import { applyFieldMask } from '../search/field-mask.ts';
import { userOf } from '../state/describe-item.ts';
import { isServiceAccount } from '../state/drive-accounts.ts';
import { isVisible } from '../state/drive-permissions.ts';
import type { ApiRequest, ApiRouter } from './api-context.ts';

export function addAccountRoutes(router: ApiRouter): void {
  router.on('GET', '/drive/v3/about', about);
  router.on('GET', '/drive/v3/drives', listDrives);
}

function about({ url, context }: ApiRequest): Response {
  const { account } = context.caller;
  const fields = url.searchParams.get('fields');
  if (fields === null) throw invalid("The 'fields' parameter is required for this method.");
  const usage = String(context.state.usedBytes(account));
  const limit = String(isServiceAccount(account) ? 0 : context.behaviour.storageLimitBytes);
  const resource = {
    kind: 'drive#about',
    user: userOf(account),
    storageQuota: { limit, usage, usageInDrive: usage, usageInDriveTrash: '0' },
    maxUploadSize: '5242880000000',
    canCreateDrives: !isServiceAccount(account),
    exportFormats: {},
    importFormats: {},
  };
  return Response.json(applyFieldMask(resource, fields));
}

function listDrives({ url, context }: ApiRequest): Response {
  const { state, caller } = context;
  const drives = [...state.drives.values()].filter(({ id }) => {
    const root = state.find(id);
    return root !== undefined && isVisible(root, caller, state.find);
  });
  const answer = { kind: 'drive#driveList', drives: drives.map(({ id, name }) => ({ kind: 'drive#drive', id, name })) };
  return Response.json(applyFieldMask(answer, url.searchParams.get('fields') ?? '*'));
}
