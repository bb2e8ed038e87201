import { parseContractEvent } from '@spotdraft-archive/core';
import { pick } from './seeded-random.ts';

/** Where SpotDraft's webhooks arrive: at any of the processes that live. */
export interface Receiver {
  readonly fetch: typeof fetch;
  /** Numbers of the contracts whose webhook was accepted: these are not to be lost any more. */
  readonly accepted: ReadonlySet<number>;
}

export interface ReceiverOptions {
  /** Of the processes that live now. */
  readonly ports: () => readonly number[];
  readonly random: () => number;
}

export function createReceiver({ ports, random }: ReceiverOptions): Receiver {
  const accepted = new Set<number>();
  return {
    accepted,
    async fetch(_address, init) {
      const alive = ports();
      if (alive.length === 0) throw new Error('Nobody listens.');
      const response = await fetch(`http://127.0.0.1:${pick(alive, random)}/`, init);
      const { contractNumber } = parseContractEvent(await new Response(init?.body).json());
      if (response.status === 202 && contractNumber !== undefined) accepted.add(contractNumber);
      return response;
    },
  };
}
