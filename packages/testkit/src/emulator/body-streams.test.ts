import { expect, it } from 'vitest';
import { cutAfter, drain, readSmallBody } from './body-streams.ts';

const endless = (): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1000)) }, { highWaterMark: 0 });

it('breaks off where it was told to, however much would follow', async () => {
  let received = 0;
  const read = async (): Promise<void> => {
    for await (const chunk of cutAfter(endless(), 2500)) received += chunk.byteLength;
  };
  await expect(read()).rejects.toBeInstanceOf(TypeError);
  expect(received).toBe(2500);
});

it('drains no more than it was told to', async () => {
  await expect(drain(endless(), 2500)).resolves.toBeUndefined();
});

it('refuses to hold a body that is not small', async () => {
  await expect(readSmallBody(endless(), 2500)).rejects.toBeInstanceOf(RangeError);
});
