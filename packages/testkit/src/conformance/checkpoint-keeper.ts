import type { Checkpoint, PutOptions } from '@spotdraft-archive/core/destination';

/** Plays the ledger: keeps what a destination saved last and hands it to the next attempt, as JSON would. */
export interface CheckpointKeeper {
  /** What to pass to `put`. */
  options(): Pick<PutOptions, 'checkpoint' | 'saveCheckpoint'>;
  readonly latest: Checkpoint | undefined;
}

export function keepCheckpoint(onSave?: (checkpoint: Checkpoint) => void): CheckpointKeeper {
  let written: string | undefined;
  const latest = (): Checkpoint | undefined => (written === undefined ? undefined : (JSON.parse(written) as Checkpoint));
  return {
    options: () => ({
      checkpoint: latest(),
      saveCheckpoint: async (checkpoint) => {
        written = JSON.stringify(checkpoint);
        onSave?.(checkpoint);
      },
    }),
    get latest() {
      return latest();
    },
  };
}
