import { randomUUID } from 'node:crypto';
import type { EmulatorHandler, HandlerContext } from '../../emulator/index.ts';
import type { GraphDescription } from '../check-description.ts';
import type { GraphBehaviour } from '../graph-behaviour.ts';
import { GraphRefusal, invalidRequest, itemNotFound, refusalResponse } from '../graph-refusal.ts';
import type { Caller, Directory } from '../state/directory.ts';
import type { GraphState } from '../state/graph-state.ts';
import { createSession, download, getContent, putContent } from './content-routes.ts';
import { answerMonitor, copyItem } from './copy-routes.ts';
import type { GraphContext } from './graph-context.ts';
import { type DriveAddress, driveAddress, type ItemAddress, itemAddress } from './item-address.ts';
import { answerChildren, answerItem, answerLabel } from './item-routes.ts';
import { answerColumns, answerFields, answerListItems, describeList, requireList } from './list-routes.ts';
import { requireAccess } from './permissions.ts';
import { ResourceUnits } from './resource-units.ts';
import { answerSession, commitElsewhere } from './session-routes.ts';
import { answerSite, describeDrive } from './site-routes.ts';

export interface ApiOptions {
  readonly state: GraphState;
  readonly directory: Directory;
  readonly behaviour: GraphBehaviour;
  /** Watches requests and answers, where there is a description to compare them with. */
  readonly description?: GraphDescription | undefined;
}

/** The Graph host: token, throttling, then the endpoint. */
export function createGraphApi({ state, directory, behaviour, description }: ApiOptions): EmulatorHandler {
  const units = new ResourceUnits();
  return refusing(async (request, handler) => {
    const caller = authenticate(request, directory);
    const now = handler.clock.now();
    const { unitsPerMinute: limit } = behaviour;
    const headers = limit === undefined ? {} : units.take(caller.app.clientId, { request, limit, now });
    const context = { state, directory, behaviour, caller, urls: urlsOf(handler), now };
    const response = await described(request, description, (each) => answer(each, context));
    for (const [name, value] of Object.entries({ ...headers, 'request-id': randomUUID() })) response.headers.set(name, value);
    return response;
  });
}

/** The host of upload sessions, and of the progress of copies. */
export function createUploads({ state, behaviour, description }: ApiOptions): EmulatorHandler {
  return refusing(async (request, handler) => {
    const [, kind, id = ''] = new URL(request.url).pathname.split('/');
    if (kind === 'monitor') return answerMonitor(id, state);
    const response = await answerSession(request, id, { state, behaviour, urls: urlsOf(handler), now: handler.clock.now() });
    if (isJson(response)) description?.checkSessionAnswer(await response.clone().json());
    return response;
  });
}

/** The host of file contents. */
export function createDownloads({ state, behaviour }: ApiOptions): EmulatorHandler {
  return async (request) => {
    const [driveId = '', itemId = ''] = new URL(request.url).pathname.slice(1).split('/').map(decodeURIComponent);
    const item = state.drive(driveId)?.find(itemId);
    if (behaviour.signedAddressesRefuseTokens && request.headers.has('authorization')) return new Response('Unauthorized', { status: 401 });
    return item === undefined ? new Response('Not found', { status: 404 }) : download(request, item);
  };
}

async function answer(request: Request, context: GraphContext): Promise<Response> {
  const path = new URL(request.url).pathname;
  const site = answerSite(path, context);
  if (site !== undefined) return site;
  const address = driveAddress(path, context);
  if (address === undefined) throw invalidRequest('Resource not found for the segment.');
  requireAccess(context.caller, address.drive, needOf(request, address));
  const item = itemAddress(address);
  return item === undefined ? answerDrive(request, address, context) : answerAction(request, item, context);
}

function needOf({ method }: Request, { rest }: DriveAddress): 'read' | 'write' | 'manage' {
  if (method === 'GET') return 'read';
  return rest === '/list/columns' ? 'manage' : 'write';
}

async function answerDrive(request: Request, { drive, rest }: DriveAddress, context: GraphContext): Promise<Response> {
  if (rest === '') return Response.json(describeDrive(drive, context));
  requireList(drive);
  if (rest === '/list') return Response.json(describeList(drive));
  if (rest === '/list/columns') return answerColumns(request, drive);
  if (rest === '/list/items') return answerListItems(request, drive, context);
  throw itemNotFound();
}

async function answerAction(request: Request, address: ItemAddress, context: GraphContext): Promise<Response> {
  const { action, drive } = address;
  switch (`${request.method} ${action}`) {
    case 'GET ':
    case 'PATCH ':
    case 'DELETE ':
      return answerItem(request, address);
    case 'GET content':
      return getContent(address, context);
    case 'PUT content':
      return putContent(request, address, context);
    case 'POST createUploadSession':
      return createSession(request, address, context);
    case 'POST copy':
      return copyItem(request, address, context);
    case 'PUT ':
      return commitElsewhere(request, address, context);
    case 'GET children':
    case 'POST children':
      return answerChildren(request, address);
    case 'GET retentionLabel':
    case 'PATCH retentionLabel':
      return answerLabel(request, address);
    case 'GET listItem/fields':
    case 'PATCH listItem/fields':
      requireList(drive);
      return answerFields(request, address, context);
    default:
      throw invalidRequest('Resource not found for the segment.');
  }
}

/** Answers, and compares both bodies with the description where there is one. */
async function described(
  request: Request,
  description: GraphDescription | undefined,
  respond: (request: Request) => Promise<Response>,
): Promise<Response> {
  if (description === undefined) return respond(request);
  const { pathname } = new URL(request.url);
  const isResource = request.body !== null && isJson(request) && !pathname.endsWith('/content');
  const sent = isResource ? request.clone() : undefined;
  const response = await respond(request);
  if (sent !== undefined) description.checkRequest(pathname, await sent.json());
  if (isJson(response)) description.checkAnswer(pathname, await response.clone().json());
  return response;
}

function isJson({ headers }: Request | Response): boolean {
  return headers.get('content-type')?.startsWith('application/json') === true;
}

function authenticate(request: Request, directory: Directory): Caller {
  const token = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const caller = token === undefined ? undefined : directory.callerOf(token);
  if (caller === undefined)
    throw new GraphRefusal(401, 'InvalidAuthenticationToken', { message: 'Access token has expired or is not yet valid.' });
  return caller;
}

function urlsOf({ urls }: HandlerContext): GraphContext['urls'] {
  const { graph = '', uploads = '', downloads = '' } = urls;
  return { graph, uploads, downloads };
}

function refusing(handler: EmulatorHandler): EmulatorHandler {
  return async (request, context) => {
    try {
      return await handler(request, context);
    } catch (error) {
      if (error instanceof GraphRefusal) return refusalResponse(error);
      throw error;
    }
  };
}
