import { routeError, type Tagged, tags } from '../dropbox-refusal.ts';
import type { FileNode } from '../state/file-node.ts';
import type { ReceivedBytes } from '../state/file-tree.ts';
import type { CommitArgument } from './arguments.ts';
import { describeFile } from './describe-node.ts';
import type { RouteAnswer, RouteCall } from './route.ts';

/** Puts received bytes at their path. `wrap` makes the route's own error of a write error. */
export function commitFile(
  argument: CommitArgument,
  received: ReceivedBytes,
  { call, wrap }: { readonly call: RouteCall; readonly wrap: (error: Tagged) => Tagged },
): RouteAnswer {
  const { state, tree, behaviour } = call;
  const groups = argument.property_groups ?? [];
  const [first] = groups;
  const isRefused = behaviour.access === 'app-folder' && groups.length > 0;
  const problem = isRefused ? tags('restricted_content') : first && state.templatesFor(first.template_id).problemWith(groups);
  const commit = {
    path: argument.path,
    mode: argument.mode,
    autorename: argument.autorename,
    strictConflict: argument.strict_conflict,
    clientModified: argument.client_modified == null ? undefined : new Date(argument.client_modified),
    groups: problem === undefined ? groups : [],
  };
  const file: FileNode = tree.commit(commit, received, wrap);
  // "The file has uploaded without property groups": an error with the file there.
  if (problem !== undefined) throw routeError({ '.tag': 'properties_error', properties_error: problem });
  return { result: describeFile(file, behaviour.uploadAnswersShowGroups && groups.length > 0 ? file.groups : undefined) };
}
