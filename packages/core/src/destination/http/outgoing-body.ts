import { openParts } from './body-source.ts';
import type { RequestBody } from './request-body.ts';

export interface OutgoingBodyOptions {
  /** Called whenever the network is ready to take more. */
  readonly onDemand: () => void;
}

/** A body on its way. */
export interface OutgoingBody {
  readonly payload: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>;
  /** What the source threw, if it did. `fetch` hides that behind an error of its own. */
  readonly failure: { readonly error: unknown } | undefined;
  /** Closes the source if it was not read to its end. */
  release(): void;
}

/** Small enough that each step of a slow upload shows within seconds. */
const stepBytes = 65_536;

/** Opens a body for one try: measured, in steps small enough to watch, and with its own errors kept. */
export function openOutgoingBody({ parts }: RequestBody, { onDemand }: OutgoingBodyOptions): OutgoingBody {
  const [first, ...others] = parts;
  if (first instanceof Uint8Array && first.byteLength <= stepBytes && others.length === 0) {
    return { payload: new Uint8Array(first), failure: undefined, release: () => undefined };
  }
  const source = openParts(parts);
  let failure: OutgoingBody['failure'];
  let rest: Uint8Array | undefined;

  const payload = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        onDemand();
        try {
          rest ??= await source.next();
        } catch (error) {
          failure = { error };
          throw error;
        }
        if (rest === undefined) return controller.close();
        controller.enqueue(rest.subarray(0, stepBytes));
        rest = rest.byteLength > stepBytes ? rest.subarray(stepBytes) : undefined;
      },
      cancel: () => source.close(),
    },
    { highWaterMark: 0 },
  );

  return {
    payload,
    get failure() {
      return failure;
    },
    release: () => source.close(),
  };
}
