import type { GraphBehaviour } from '../graph-behaviour.ts';
import type { Caller, Directory } from '../state/directory.ts';
import type { GraphState } from '../state/graph-state.ts';

/** What every endpoint works with. */
export interface GraphContext {
  readonly state: GraphState;
  readonly directory: Directory;
  readonly behaviour: GraphBehaviour;
  readonly caller: Caller;
  readonly urls: { readonly graph: string; readonly uploads: string; readonly downloads: string };
  readonly now: number;
}
