// The package's exports, named one by one.

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
} from './emulators.ts';
export { createEmulatorClock, Router, SlidingWindowLimiter, StoredBytes, startEmulator } from './emulators.ts';
