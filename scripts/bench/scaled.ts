const scale = Number(process.env['BENCH_SCALE'] ?? 1);
if (!(scale > 0)) throw new Error('BENCH_SCALE is no number above zero, such as 0.05.');

/** How much of something a benchmark does. With `BENCH_SCALE=0.05` it is a twentieth, to see quickly whether the benchmark runs. */
export function scaled(count: number): number {
  return Math.ceil(count * scale);
}
