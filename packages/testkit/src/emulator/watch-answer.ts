import { type ByteStream, corruptByte, cutAfter, watchBytes } from './body-streams.ts';
import { ConnectionCut } from './connection-cut.ts';
import type { EmulatorClock } from './emulator-clock.ts';
import type { Fault } from './fault.ts';
import type { MutableRecordedRequest } from './recorded-request.ts';

interface WatchAnswerOptions {
  readonly faults: readonly Fault[];
  readonly clock: EmulatorClock;
}

/** Lets the answer's body meet its faults, and records how far it got. */
export function watchAnswer(response: Response, record: MutableRecordedRequest, { faults, clock }: WatchAnswerOptions): Response {
  const end = (outcome: 'answered' | 'answer-cut'): void => {
    record.outcome = outcome;
    record.endedAt = clock.now();
  };
  if (response.body === null) {
    if (faults.some((fault) => fault.kind === 'cutResponse')) throw new ConnectionCut('cut within the response');
    end('answered');
    return response;
  }
  record.outcome = 'pending';
  const announcedBytes = response.headers.get('content-length');
  const body = watchBytes(applyFaults(response.body, faults), {
    onBytes(count) {
      record.responseBytes += count;
      // With its last byte the caller has everything, and may look at this record at once.
      if (String(record.responseBytes) === announcedBytes) end('answered');
    },
    onEnd: () => end('answered'),
    onFailure() {
      if (record.outcome !== 'answered') end('answer-cut');
    },
  });
  return new Response(body, { status: response.status, statusText: response.statusText, headers: response.headers });
}

function applyFaults(body: ByteStream, faults: readonly Fault[]): ByteStream {
  let faulty = body;
  for (const fault of faults) {
    if (fault.kind === 'corruptResponse') faulty = corruptByte(faulty, fault.atByte ?? 64);
    if (fault.kind === 'cutResponse') faulty = cutAfter(faulty, fault.afterBytes ?? 0);
  }
  return faulty;
}
