import { DestinationError, IntegrityError } from '@spotdraft-archive/core/destination';
import { type Mutant, withFailure, withOptions } from './mutation.ts';

/** Wrong when a put cannot succeed. */
export const failureMutants: readonly Mutant[] = [
  {
    title: 'a conflict is ignored',
    caughtBy: 'the same key with other bytes',
    mutate: withOptions((options) => ({ ...options, ifExists: 'replace' })),
  },
  {
    title: 'a conflict gets another name',
    caughtBy: 'taken by another key with other bytes',
    mutate: withFailure(async (error, { put, document, options }) => {
      if (!(error instanceof DestinationError) || error.code !== 'destination.conflict') throw error;
      return put({ ...document, path: { ...document.path, name: `${document.path.name} (1)` } }, options);
    }),
  },
  {
    title: 'a conflict does not name the other copy',
    caughtBy: 'taken by another key with other bytes',
    mutate: withFailure(async (error) => {
      if (!(error instanceof DestinationError)) throw error;
      throw new DestinationError(error.message, { code: error.code, recovery: error.recovery, hint: error.hint });
    }),
  },
  {
    title: 'whatever lies at the path is adopted',
    caughtBy: 'taken by another key with the same bytes',
    mutate: withFailure(async (error, { destination }) => {
      const copy = error instanceof DestinationError && (await destination.stat(String(error.details.existingId)));
      if (!copy) throw error;
      return { copy, outcome: 'adopted' };
    }),
  },
  {
    title: 'an error tells the folder',
    caughtBy: 'taken by another key with other bytes',
    mutate: withFailure(async (error, { document }) => {
      if (!(error instanceof DestinationError)) throw error;
      throw new DestinationError(`${document.path.folders.join('/')}: ${error.message}`, error);
    }),
  },
  {
    title: 'an error has no hint',
    caughtBy: 'taken by another key with other bytes',
    mutate: withFailure(async (error) => {
      if (!(error instanceof DestinationError || error instanceof IntegrityError)) throw error;
      throw new DestinationError(error.message, { code: 'destination.conflict', recovery: error.recovery, details: error.details });
    }),
  },
  {
    title: 'an abort becomes an error of its own',
    caughtBy: 'small put that is aborted half-way',
    mutate: withFailure(async (error, { options }) => {
      if (options.signal?.aborted) throw new Error('The upload was aborted.', { cause: error });
      throw error;
    }),
  },
];
