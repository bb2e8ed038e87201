import { exactly } from './exactly.ts';
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
export function openOutgoingBody(body: RequestBody, { onDemand }: OutgoingBodyOptions): OutgoingBody {
  const opened = body.open();
  if (opened instanceof Uint8Array && opened.byteLength <= stepBytes) {
    return { payload: new Uint8Array(opened), failure: undefined, release: () => undefined };
  }
  const source = opened instanceof Uint8Array ? ReadableStream.from([opened]) : opened;
  return watchSource(source.pipeThrough(exactly(body.size)), onDemand);
}

function watchSource(source: ReadableStream<Uint8Array>, onDemand: () => void): OutgoingBody {
  const reader = source.getReader();
  let failure: OutgoingBody['failure'];
  let rest = new Uint8Array(0);

  const payload = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        onDemand();
        if (rest.byteLength === 0) {
          const { done, value } = await reader.read().catch((error: unknown) => {
            failure = { error };
            throw error;
          });
          if (done) return controller.close();
          rest = new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength);
        }
        controller.enqueue(rest.subarray(0, stepBytes));
        rest = rest.subarray(stepBytes);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );

  return {
    payload,
    get failure() {
      return failure;
    },
    release() {
      reader.cancel().catch(() => undefined);
    },
  };
}
