import { itemNotFound } from '../graph-refusal.ts';
import type { EmulatedDrive } from '../state/emulated-drive.ts';
import type { EmulatedSite } from '../state/graph-state.ts';
import type { GraphContext } from './graph-context.ts';
import { describeList } from './list-routes.ts';
import { requireAccess } from './permissions.ts';

/** Sites by address and their libraries; `undefined` when the request is about something else. */
export function answerSite(path: string, context: GraphContext): Response | undefined {
  const found = /^\/v1\.0\/sites\/([^/:]+)(?::\/?([^:]*):?)?(\/drives|\/lists)?$/.exec(path);
  if (found === null) return undefined;
  const [, hostOrId = '', below, collection] = found;
  const site = findSite(decodeURIComponent(hostOrId), below === undefined ? undefined : `/${decodeURIComponent(below)}`, context);
  // Without a grant for the site, `Sites.Selected` does not even see it.
  const [library] = context.state.librariesOf(site);
  if (library !== undefined) requireAccess(context.caller, library, 'read');
  if (collection === undefined) return Response.json(describeSite(site));
  const libraries = context.state.librariesOf(site);
  const describe = collection === '/lists' ? describeList : (drive: EmulatedDrive) => describeDrive(drive, context);
  return Response.json({ value: libraries.map(describe) });
}

function findSite(hostOrId: string, path: string | undefined, { state }: GraphContext): EmulatedSite {
  const site = state.sites.find((candidate) =>
    candidate.id === hostOrId
      ? path === undefined
      : candidate.host === hostOrId && candidate.path.toLowerCase() === (path ?? '').toLowerCase(),
  );
  if (site === undefined) throw itemNotFound();
  return site;
}

function describeSite({ id, host, path, name }: EmulatedSite): unknown {
  return { id, name, displayName: name, webUrl: `https://${host}${path}`, siteCollection: { hostname: host }, root: {} };
}

/** https://learn.microsoft.com/graph/api/resources/drive */
export function describeDrive(drive: EmulatedDrive, { behaviour }: GraphContext): unknown {
  const { id, name, driveType, webUrl, owner, usedBytes } = drive;
  const total = behaviour.quotaBytes;
  const quota = { total, used: usedBytes, remaining: total - usedBytes, deleted: 0, state: 'normal' };
  return { id, name, driveType, webUrl, quota, owner: { user: { displayName: owner ?? 'System Account' } } };
}
