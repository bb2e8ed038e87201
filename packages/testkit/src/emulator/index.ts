/**
 * The frame that all emulators are built in.
 *
 * An emulator is a set of origins (an API host, an upload host, a host for signed links), each of them one function from `Request` to
 * `Response`. `startEmulator` serves them over real HTTP on loopback ports and through an in-process `fetch`; both ways lead through the same
 * request log, hooks and faults, so a test says the same thing whichever way its requests travel.
 *
 * ```ts
 * const router = new Router<HandlerContext<'api' | 'links'>>()
 *   .on('GET', '/files/:id', ({ params, context }) => Response.json({ id: params.id, link: `${context.urls.links}/${params.id}` }));
 *
 * const emulator = await startEmulator({
 *   origins: {
 *     api: async (request, context) => (await router.handle(request, context)) ?? Response.json({ error: 'not found' }, { status: 404 }),
 *     links: async () => new Response(bytes.open()),
 *   },
 *   credentialHeaders: ['x-api-key'],                                    // logged as [redacted]
 *   faultReply: (status) => ({ body: { error: { code: status } } }),     // what an injected 429 looks like
 * });
 *
 * emulator.faults.inject({ kind: 'loseReply', method: 'PUT', path: /upload/, nth: 2 });
 * emulator.onRequest((request, phase) => (phase === 'after-effect' && request.sequence === 3 ? 'cut' : undefined));
 * emulator.requests.mark('second run');
 * emulator.requests.count({ since: 'second run', method: 'POST' });
 * emulator.clock.advance(60_000);
 * await emulator.stop();
 * ```
 *
 * Rules for handlers:
 * - Read large bodies as streams, keep their bytes in `StoredBytes` (remove them in `cleanUp`), and answer with streams. `readSmallBody` is for JSON.
 * - Do what changes state in one synchronous step after the body was read to its end: a torn body then has no effect, and two parallel
 *   requests cannot both see "absent". Where the provider keeps the beginning of a torn range, do as the provider does.
 * - Take the time from `context.clock` and addresses from `context.urls`.
 * - A handler that throws is answered with a 500 that shows the stack: it is a mistake in the emulator.
 */
export { type ByteStream, readSmallBody } from './body-streams.ts';
export { createEmulatorClock, type EmulatorClock, type EmulatorClockOptions } from './emulator-clock.ts';
export type { EmulatorHandler, FaultReply, HandlerContext, ProviderReply } from './emulator-handler.ts';
export type { Fault, FaultAction, FaultKind } from './fault.ts';
export type { FaultPlan, InjectedFault } from './fault-plan.ts';
export type { RecordedRequest, RequestOutcome } from './recorded-request.ts';
export type { RequestHook, RequestPhase } from './request-hooks.ts';
export type { RequestLog, RequestQuery } from './request-log.ts';
export type { RequestMatcher } from './request-matcher.ts';
export { type RoutedRequest, type RouteHandler, type RouteMatch, Router } from './router.ts';
export { SlidingWindowLimiter, type SlidingWindowLimiterOptions } from './sliding-window-limiter.ts';
export { type CommonEmulatorOptions, type Emulator, type EmulatorOptions, startEmulator } from './start-emulator.ts';
export { type ByteRange, StoredBytes } from './stored-bytes.ts';
