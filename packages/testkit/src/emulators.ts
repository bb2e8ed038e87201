// Emulators and fixtures alone: this entry does not load vitest.

export type {
  CommonEmulatorOptions,
  Emulator,
  EmulatorClock,
  EmulatorClockOptions,
  EmulatorHandler,
  EmulatorOptions,
  Fault,
  FaultAction,
  FaultKind,
  FaultPlan,
  FaultReply,
  HandlerContext,
  InjectedFault,
  ProviderReply,
  RecordedRequest,
  RequestHook,
  RequestLog,
  RequestMatcher,
  RequestOutcome,
  RequestPhase,
  RequestQuery,
  RoutedRequest,
  RouteHandler,
} from './emulator/index.ts';
export { createEmulatorClock, Router, SlidingWindowLimiter, StoredBytes, startEmulator } from './emulator/index.ts';
