import type {
  DestinationCapabilities,
  DocumentToStore,
  PutOptions,
  PutResult,
  StorageDestination,
} from '@spotdraft-archive/core/destination';

/** A destination that is wrong in one way. */
export interface Mutant {
  /** What is wrong with it. */
  readonly title: string;
  /** Part of the title of the cases that have to notice. */
  readonly caughtBy: string;
  /** What the destination can do before it is made wrong. */
  readonly capabilities?: Partial<DestinationCapabilities>;
  readonly mutate: Mutation;
}

export type Mutation = (destination: StorageDestination) => StorageDestination;

type Put = StorageDestination['put'];

/** A put that is wrong in one way. */
export function withPut(change: (put: Put, destination: StorageDestination) => Put): Mutation {
  return (destination) => ({ ...destination, put: change((document, options) => destination.put(document, options), destination) });
}

export function withOptions(change: (options: PutOptions, document: DocumentToStore) => PutOptions): Mutation {
  return withPut(
    (put) =>
      (document, options = {}) =>
        put(document, change(options, document)),
  );
}

export function withDocument(change: (document: DocumentToStore) => DocumentToStore): Mutation {
  return withPut((put) => (document, options) => put(change(document), options));
}

interface FailedPut {
  readonly put: Put;
  readonly destination: StorageDestination;
  readonly document: DocumentToStore;
  readonly options: PutOptions;
}

/** Does something of its own when a put has failed. */
export function withFailure(handle: (error: unknown, failed: FailedPut) => Promise<PutResult>): Mutation {
  return withPut((put, destination) => async (document, options = {}) => {
    try {
      return await put(document, options);
    } catch (error) {
      return handle(error, { put, destination, document, options });
    }
  });
}
