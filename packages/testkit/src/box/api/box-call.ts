import { readSmallBody } from '../../emulator/body-streams.ts';
import type { HandlerContext } from '../../emulator/emulator-handler.ts';
import type { RoutedRequest } from '../../emulator/router.ts';
import type { BoxBehaviour } from '../box-behaviour.ts';
import type { BoxEnterprise } from '../box-enterprise.ts';
import type { BoxFile, BoxFolder } from '../box-item.ts';
import { BoxRefusal } from '../box-refusal.ts';
import { allows, type BoxPermission } from '../box-role.ts';

/** The API with its token endpoint, the uploads, and the storage that downloads are redirected to. */
export type BoxOrigin = 'api' | 'upload' | 'download';

/** One request with its answer, as far as they are JSON: for comparing them with Box's own description. */
export interface BoxExchange {
  readonly method: string;
  /** Without host, prefix and query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly status: number;
  readonly requestBody: unknown;
  readonly responseBody: unknown;
}

/** What a handler may know besides the request. */
export interface BoxCall {
  readonly enterprise: BoxEnterprise;
  readonly behaviour: BoxBehaviour;
  readonly userId: string;
  readonly context: HandlerContext<BoxOrigin>;
  /** Takes the request's JSON down. */
  readonly noteBody: (body: unknown) => void;
}

export type BoxRequest = RoutedRequest<BoxCall>;

/** A request's JSON object. Throws `400` when it is none. */
export async function readJson(request: Request, { noteBody }: BoxCall): Promise<Readonly<Record<string, unknown>>> {
  const body = parseObject(new TextDecoder().decode(await readSmallBody(request.body as Parameters<typeof readSmallBody>[0])));
  noteBody(body);
  return body;
}

export function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    // Falls through to the refusal.
  }
  throw new BoxRefusal(400, 'bad_request');
}

/** A text out of a JSON object. Throws `400` when it is missing. */
export function textIn(object: unknown, name: string): string {
  const value = (object as Readonly<Record<string, unknown>> | undefined)?.[name];
  if (typeof value === 'string') return value;
  throw new BoxRefusal(400, 'bad_request', {
    contextInfo: { errors: [{ reason: 'missing_parameter', name, message: `'${name}' is required` }] },
  });
}

/** The folder of that id. Throws what Box answers when it is not there or out of reach. */
export function folderFor(call: BoxCall, id: string, need: BoxPermission): BoxFolder {
  const folder = call.enterprise.folders.get(id);
  if (folder === undefined) throw notFound();
  checkAccess(call, folder.id, need);
  return folder;
}

/** The file of that id. Throws what Box answers when it is not there, in the trash or out of reach. */
export function fileFor(call: BoxCall, id: string, need: BoxPermission): BoxFile {
  const file = call.enterprise.files.get(id);
  if (file === undefined) throw notFound();
  if (file.isTrashed) throw new BoxRefusal(404, 'trashed');
  checkAccess(call, file.parentId, need);
  return file;
}

/** Throws `412` when the file is not as the caller last saw it. */
export function checkIfMatch(request: Request, file: BoxFile): void {
  const etag = request.headers.get('if-match');
  if (etag !== null && etag !== String(file.etag)) throw new BoxRefusal(412, 'precondition_failed');
}

/** Throws `403` when the caller's role in the folder does not allow it. */
export function checkAccess({ enterprise, userId }: BoxCall, folderId: string, need: BoxPermission): void {
  const role = enterprise.roleIn(folderId, userId);
  // Box tells nobody of items that are none of their business.
  if (role === undefined) throw notFound();
  if (!allows(role, need)) throw new BoxRefusal(403, 'access_denied_insufficient_permissions');
}

function notFound(): BoxRefusal {
  return new BoxRefusal(404, 'not_found', {
    contextInfo: { errors: [{ reason: 'invalid_parameter', name: 'item', message: 'Not found' }] },
  });
}
