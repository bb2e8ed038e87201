import type { Deadline } from './deadline.ts';

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
          const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
          if (!done) {
            deadline.pause();
            return controller.enqueue(value);
          }
          deadline.end();
          controller.close();
        } catch (error) {
          deadline.abandon();
          controller.error(toError(error));
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
