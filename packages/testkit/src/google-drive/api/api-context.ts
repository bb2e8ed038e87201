import type { RoutedRequest, Router } from '../../emulator/index.ts';
import type { DriveBehaviour } from '../drive-behaviour.ts';
import { fileNotFound, noPermission } from '../drive-error.ts';
import { applyFieldMask } from '../search/field-mask.ts';
import { describeItem } from '../state/describe-item.ts';
import type { DriveCaller } from '../state/drive-accounts.ts';
import type { DriveItem, DriveRole } from '../state/drive-item.ts';
import { hasRole, isVisible } from '../state/drive-permissions.ts';
import type { DriveState } from '../state/drive-state.ts';
import type { UploadSessions } from './upload-sessions.ts';

/** What every endpoint works with. */
export interface ApiContext {
  readonly state: DriveState;
  readonly sessions: UploadSessions;
  readonly behaviour: DriveBehaviour;
  readonly caller: DriveCaller;
  /** Base address of this origin. */
  readonly apiUrl: string;
  readonly now: number;
  /** Shown the JSON of each request. */
  readonly onMetadata: (json: unknown) => void;
}

export type ApiRouter = Router<ApiContext>;
export type ApiRequest = RoutedRequest<ApiContext>;

const defaultFields = 'kind,id,name,mimeType';

/** An item that the caller sees. Items of shared drives exist only for callers that say they know of shared drives. */
export function visibleItem(id: string, { url, context }: Pick<ApiRequest, 'url' | 'context'>): DriveItem {
  const { state, caller } = context;
  const item = id === 'root' ? state.rootOf(caller.account) : state.find(id);
  const knowsDrives = url.searchParams.get('supportsAllDrives') === 'true';
  if (item === undefined || !isVisible(item, caller, state.find) || (item.driveId !== undefined && !knowsDrives)) throw fileNotFound(id);
  return item;
}

export function requireRole(item: DriveItem, atLeast: DriveRole, { state, caller }: ApiContext): void {
  if (!hasRole(item, caller, { atLeast, find: state.find })) throw noPermission();
}

/** A file as an answer, cut to the fields asked for. */
export function fileAnswer(item: DriveItem, { url, context }: Pick<ApiRequest, 'url' | 'context'>): Response {
  const resource = describeItem(item, { caller: context.caller, find: context.state.find });
  return Response.json(applyFieldMask(resource, url.searchParams.get('fields') ?? defaultFields));
}
