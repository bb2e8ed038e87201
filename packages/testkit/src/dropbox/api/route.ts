import type { z } from 'zod';
import type { StoredBytes } from '../../emulator/index.ts';
import type { DropboxBehaviour } from '../dropbox-behaviour.ts';
import { badRequest } from '../dropbox-refusal.ts';
import type { DropboxState } from '../state/dropbox-state.ts';
import type { FileTree } from '../state/file-tree.ts';

/** What every route is given besides its argument. */
export interface RouteCall {
  readonly state: DropboxState;
  readonly behaviour: DropboxBehaviour;
  /** The files that paths are relative to. */
  readonly tree: FileTree;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The bytes of an upload, received to the end. Whoever keeps them is to remove them. */
  readonly body: StoredBytes;
  /** `content_hash` of the body. */
  readonly bodyHash: string;
}

export interface RouteAnswer {
  readonly result: unknown;
  /** The body of a download. */
  readonly bytes?: StoredBytes;
}

interface RouteTraits {
  /** `rpc`: argument and result are JSON bodies. `upload`, `download`: they are headers, and the body is bytes. */
  readonly style: 'rpc' | 'upload' | 'download';
  readonly scope: string;
  /** False: refused to apps that see a folder of their own only. @default true */
  readonly allowsAppFolder?: boolean;
  /** Who calls: the user (or a team's token on behalf of a member), or the team itself. @default 'user' */
  readonly auth?: 'user' | 'team';
}

interface RouteDefinition<Schema extends z.ZodType> extends RouteTraits {
  /** What Dropbox accepts. Anything else is answered with 400. */
  readonly argument: Schema;
  readonly answer: (argument: z.output<Schema>, call: RouteCall) => RouteAnswer | Promise<RouteAnswer>;
}

/** One route of the API, such as `files/upload`. */
export interface Route extends RouteTraits {
  answer(name: string, argument: unknown, call: RouteCall): RouteAnswer | Promise<RouteAnswer>;
}

export type Routes = Readonly<Record<string, Route>>;

export function route<Schema extends z.ZodType>({ argument: schema, answer, ...traits }: RouteDefinition<Schema>): Route {
  return {
    ...traits,
    answer(name, argument, call) {
      const parsed = schema.safeParse(argument);
      if (parsed.success) return answer(parsed.data, call);
      const [issue] = parsed.error.issues;
      throw badRequest(name, `request body: ${issue?.path.join('.')}: ${issue?.message}`);
    },
  };
}
