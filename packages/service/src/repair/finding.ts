/**
 * What is wrong with a contract, or with one copy of it:
 *
 * - `missing`: no attempt at it ever began.
 * - `unfinished`: it lacks a receipt in some destination.
 * - `outdated version`: SpotDraft has a newer executed version than the one that was archived.
 * - `routed otherwise`: the route has changed since it was archived, so it may belong in another destination as well.
 * - `not written back`: it was archived before `writeBack` was set, or set otherwise, so SpotDraft was not told where its copies lie.
 * - `unrecorded copy`: a destination has a copy that the ledger knows nothing of.
 * - `gone at the source`: SpotDraft has deleted or voided it, and no webhook told.
 * - `altered`: the copy holds other bytes than those that were stored.
 * - `moved`: the copy lies at another path than its receipt says, or has another id.
 * - `deleted at the destination`: the copy is not there any more.
 * - `duplicate`: the destination has further files with the key of the copy.
 * - `unresolved`: SpotDraft lists it by its number alone, which two contracts share, and nothing tells which of them it is.
 */
export type FindingKind =
  | 'missing'
  | 'unfinished'
  | 'outdated version'
  | 'routed otherwise'
  | 'not written back'
  | 'unrecorded copy'
  | 'gone at the source'
  | 'altered'
  | 'moved'
  | 'deleted at the destination'
  | 'duplicate'
  | 'unresolved';

/**
 * What is done about a finding. `archive`: a job stores what is not there. `adopt`: a copy that proves to be ours gets its receipt. `update receipt`:
 * the receipt gets the new place. `mark index`: the index says what SpotDraft did. `write back`: SpotDraft is told where the copies lie. `none`:
 * nothing; `reason` tells why.
 *
 * No action deletes or overwrites anything in a store.
 */
export type FindingAction = 'archive' | 'adopt' | 'update receipt' | 'mark index' | 'write back' | 'none';

/** One side of a comparison: what should be, or what is. */
export interface FindingFacts {
  readonly versionId?: string | undefined;
  /** SpotDraft's word, such as `EXECUTED`. */
  readonly sourceState?: string | undefined;
  /** The store's own id of the copy. */
  readonly id?: string | undefined;
  /** Folders and name, joined by `/`. */
  readonly path?: string | undefined;
  readonly revision?: string | undefined;
  /** In bytes. */
  readonly size?: number | undefined;
  /** As the store reports it, in the store's own algorithm. */
  readonly hash?: string | undefined;
  /** Of bytes that were read, in lower-case hex. */
  readonly sha256?: string | undefined;
  /** Ids of the further files. */
  readonly duplicateIds?: readonly string[] | undefined;
}

export interface Finding {
  readonly kind: FindingKind;
  /** Composite id; of an `unresolved` contract the number alone. */
  readonly contractId: string;
  /** The destinations that are concerned. None when SpotDraft is. */
  readonly destinations: readonly string[];
  /** Of the copy, when the finding is about one. */
  readonly key?: string | undefined;
  readonly expected?: FindingFacts | undefined;
  readonly found?: FindingFacts | undefined;
  readonly action: FindingAction;
  /** Why nothing is done, and what a person can do. */
  readonly reason?: string | undefined;
}

/** A finding, and how to do what it says. */
export interface PlannedRepair {
  readonly finding: Finding;
  /** Absent when nothing is done. Safe to repeat. */
  readonly apply?: (() => Promise<void>) | undefined;
}
