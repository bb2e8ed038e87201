import type { Deadline } from './deadline.ts';
import { untilAborted } from './until-aborted.ts';

export interface IncomingBodyOptions {
  readonly deadline: Deadline;
  /** Says in our words why the bytes broke off. */
  readonly toError: (error: unknown) => unknown;
}

/** The bytes of an answer as they arrive. The deadline counts only while somebody waits for them, and ends with them. */
export function watchIncomingBody(body: ReadableStream<Uint8Array> | null, options: IncomingBodyOptions): ReadableStream<Uint8Array> {
  const { deadline, toError } = options;
  const reader = body?.getReader();
  deadline.pause();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        deadline.extend();
        try {
          const { done, value } = (await readNext(reader, deadline.signal)) ?? { done: true, value: undefined };
          if (!done) {
            deadline.pause();
            return controller.enqueue(value);
          }
          deadline.end();
          controller.close();
        } catch (error) {
          deadline.abandon();
          controller.error(toError(error));
          reader?.cancel(error).catch(() => {});
        }
      },
      async cancel(reason) {
        deadline.end();
        await reader?.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** Bodies of other `fetch` implementations may not end with the signal, so the wait for them does. */
async function readNext(reader: Reader | undefined, signal: AbortSignal): Promise<Awaited<ReturnType<Reader['read']>> | undefined> {
  return reader && untilAborted(reader.read(), signal);
}
