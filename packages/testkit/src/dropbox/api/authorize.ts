import type { DropboxBehaviour } from '../dropbox-behaviour.ts';
import { authError, badRequest, DropboxRefusal, tags, withSummary } from '../dropbox-refusal.ts';
import { type DropboxState, homeNamespace } from '../state/dropbox-state.ts';
import type { Route } from './route.ts';

export interface AuthorizeOptions {
  readonly name: string;
  readonly route: Route;
  readonly state: DropboxState;
  readonly behaviour: DropboxBehaviour;
}

/** Lets a request through, or throws what Dropbox answers. */
export function authorize({ headers }: Request, { name, route, state, behaviour }: AuthorizeOptions): void {
  const token = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1];
  if (token === undefined) throw badRequest(name, 'Must provide HTTP header "Authorization" or URL parameter "authorization".');
  const tokenState = state.app.stateOf(token);
  if (tokenState !== 'good') throw authError(tags(tokenState));
  checkMember(headers, { name, route, state, behaviour });
  if (!behaviour.scopes.includes(route.scope)) throw authError({ '.tag': 'missing_scope', required_scope: route.scope });
  if (route.allowsAppFolder === false && behaviour.access === 'app-folder') throw authError(tags('route_access_denied'));
}

/** A team's token acts for one of its members, except on routes for the team itself. */
function checkMember(headers: Headers, { name, route, state, behaviour }: AuthorizeOptions): void {
  const user = headers.get('dropbox-api-select-user');
  const admin = headers.get('dropbox-api-select-admin');
  if (route.auth === 'team') {
    if (!state.isTeam) throw badRequest(name, 'The given OAuth 2 access token does not belong to a team.');
    if (user !== null || admin !== null) throw badRequest(name, 'This API function operates on a team, not on a member.');
    return;
  }
  if (!state.isTeam) return;
  const member = user ?? admin;
  if (member === null) {
    throw badRequest(
      name,
      'This API function operates on a single Dropbox account, but the OAuth 2 access token you provided is for an entire Dropbox Business team. ' +
        'Since your API app key has team member file access permissions, you can operate on a team member\'s Dropbox by providing the "Dropbox-API-Select-User" HTTP header.',
    );
  }
  // `select_admin_mode` of the route in Dropbox's own description.
  if (admin !== null && name.startsWith('file_properties/'))
    throw badRequest(name, 'This API function cannot be called with Dropbox-API-Select-Admin.');
  if (!behaviour.teamMembers.includes(member)) throw authError(tags(user === null ? 'invalid_select_admin' : 'invalid_select_user'));
  if (/templates\/.*_for_user$/.test(name))
    throw badRequest(name, "This API function cannot be called on a team member or admin's behalf.");
}

/** The namespace that paths are relative to. Throws 422 for one that the account has not. */
export function namespaceOf({ headers }: Request, state: DropboxState): string {
  const header = headers.get('dropbox-api-path-root');
  if (header === null) return homeNamespace;
  const root = JSON.parse(header) as { readonly '.tag': string; readonly namespace_id?: string; readonly root?: string };
  if (root['.tag'] === 'home') return homeNamespace;
  const namespace = root.namespace_id ?? root.root ?? '';
  const isMoved = root['.tag'] === 'root' && namespace !== state.rootNamespace;
  if (state.hasNamespace(namespace) && !isMoved) return namespace;
  const info = {
    '.tag': state.isTeam ? 'team' : 'user',
    root_namespace_id: state.rootNamespace,
    home_namespace_id: homeNamespace,
    ...(state.isTeam && { home_path: '/Emma Lator' }),
  };
  const error = isMoved ? { '.tag': 'invalid_root', invalid_root: info } : tags('no_permission');
  throw new DropboxRefusal(422, withSummary(error));
}
