/** What is done about copies that are not in order. Nothing in a store is ever deleted or overwritten. */
export interface RestoreChoice {
  /** Copies that are not there any more: stored again, or only reported. @default 'store again' */
  readonly deleted: 'store again' | 'report';
  /** Copies with other bytes than those of their receipt: only reported, or left as they are and the document stored beside them. @default 'report' */
  readonly altered: 'report' | 'store beside';
}

/** How many copies were stored again, and how many may be. */
export interface Restores {
  count: number;
  readonly max: number;
}

export type RestoreOptions = { readonly [Name in keyof RestoreChoice]?: RestoreChoice[Name] | undefined } & {
  /**
   * A store that is empty all of a sudden, such as a folder whose disk is not mounted, is a matter for a person: when so many copies of one
   * destination were stored again in one round, more are only reported. @default 100
   */
  readonly maxRestored?: number | undefined;
};

export const restoreDefaults: RestoreChoice & { readonly maxRestored: number } = {
  deleted: 'store again',
  altered: 'report',
  maxRestored: 100,
};
