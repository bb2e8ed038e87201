import {
  type ArchiveEvent,
  type Destinations,
  type DocumentChoice,
  type Layout,
  type Logger,
  type SpotDraftClient,
  type VersionPlacement,
  type WebhookHandlerOptions,
} from '@spotdraft-archive/core';
import { type AlarmOptions, alarmSettings } from './alarms/alarm-options.ts';
import { requestsPerSecondOf } from './budget/budget-options.ts';
import { checkIndexOptions, type IndexOptions } from './contracts/index-options.ts';
import { checkDatabase, type DatabaseOptions } from './database/database-options.ts';
import type { ServiceEvent } from './events/service-event.ts';
import type { Meter } from './metrics/meter.ts';
import { optionError } from './option-error.ts';
import { checkRoute } from './routing/check-route.ts';
import type { RouteRule } from './routing/route-rules.ts';
import type { RouteFunction } from './routing/routing.ts';
import { type ScheduleOptions, scheduleSettings } from './schedule/schedule-options.ts';
import { type SubscriptionOptions, subscriptionSettings } from './subscription/subscription-options.ts';
import { checkWriteBack, type WriteBackOptions } from './write-back/write-back-options.ts';

export interface JobOptions {
  /** How many contracts are worked on at a time, in this process. @default 4 */
  readonly concurrency?: number | undefined;
  /** Attempts at a contract before it becomes a dead letter. @default 24 */
  readonly attempts?: number | undefined;
  /** Wait after the first failed attempt, in milliseconds; it doubles from attempt to attempt. @default 5_000 */
  readonly firstDelayMs?: number | undefined;
  /** Longest wait between two attempts, in milliseconds. @default 3_600_000 */
  readonly maxDelayMs?: number | undefined;
  /** A worker that was not heard of for so long is taken for dead, and its job taken over. In milliseconds. @default 15_000 */
  readonly leaseMs?: number | undefined;
  /** How often the database is asked for jobs that other processes have enqueued, in milliseconds. @default 1_000 */
  readonly pollIntervalMs?: number | undefined;
  /** How long `stop` waits for running jobs before it interrupts them, in milliseconds. @default 25_000 */
  readonly drainMs?: number | undefined;
  /** How often parked destinations are checked, in milliseconds. @default 60_000 */
  readonly recheckMs?: number | undefined;
}

export interface WebhookOptions extends Omit<WebhookHandlerOptions, 'onEvent'> {
  /** Has the service create its webhook in SpotDraft, and create it anew when it seems to be paused. @default nothing is created */
  readonly subscription?: SubscriptionOptions | undefined;
}

export interface ArchiveServiceOptions {
  readonly spotdraft: SpotDraftClient;
  /**
   * Requests that the processes on this database begin within any second, all together. SpotDraft allows a workspace 10, for everybody.
   * Infinity leaves the pace to the client alone.
   *
   * @default 8
   */
  readonly requestsPerSecond?: number | undefined;
  /** By the names that receipts and the database use for them: never rename one later. */
  readonly destinations: Destinations;
  /** Folders and file names. @default layouts.native */
  readonly layout?: Layout | undefined;
  readonly documents?: DocumentChoice | undefined;
  /**
   * Chooses the destinations of each contract: rules of which the first that fits decides, or a function of the contract's facts, which may ask
   * about tags and the like. A contract that goes nowhere is `unrouted`. When the route changes, `backfill` and `repair` decide anew; copies stay where they are.
   *
   * @default every contract goes to all destinations
   */
  readonly route?: RouteFunction | readonly RouteRule[] | undefined;
  /** Change it when the function `route` answers otherwise for another reason than its own text. @default the text of the rules or the function */
  readonly routeVersion?: string | undefined;
  /** Where a new executed version of a contract goes: `beside` the earlier one, or as a `revision` of its copy. @default 'beside' */
  readonly versions?: VersionPlacement | undefined;
  readonly database: DatabaseOptions;
  /** `keys`: the workspace's `hmac_key`, several, or a function that fetches them. The other options are those of `createWebhookHandler`. */
  readonly webhook: WebhookOptions;
  readonly jobs?: JobOptions | undefined;
  /** Tells SpotDraft where the copies of a contract lie, once for each version. @default nothing is ever written into SpotDraft */
  readonly writeBack?: WriteBackOptions | undefined;
  /** What runs by itself: repair, and the rolling scan of all copies. `false`: nothing does. */
  readonly schedule?: ScheduleOptions | false | undefined;
  /** Whom to tell when something needs a person. */
  readonly alarms?: AlarmOptions | undefined;
  /** What `search` and `export` know. */
  readonly index?: IndexOptions | undefined;
  /** Told of every step of every contract, of webhooks, and of what becomes of jobs. What it throws is ignored. */
  readonly onEvent?: ((event: ArchiveEvent | ServiceEvent) => void) | undefined;
  /** Gets every step, and what interrupts the service, as structured lines. A pino logger fits. */
  readonly logger?: Logger | undefined;
  /**
   * Measures copies, failures, durations, and the queue: `metrics.getMeter('archive')` of `@opentelemetry/api`. Requests are measured by
   * `requestMetrics`, which the SpotDraft client and the adapters take as `onEvent`.
   */
  readonly meter?: Meter | undefined;
}

export type JobSettings = Required<{ readonly [Name in keyof JobOptions]: NonNullable<JobOptions[Name]> }>;

const defaults: JobSettings = {
  concurrency: 4,
  attempts: 24,
  firstDelayMs: 5_000,
  maxDelayMs: 3_600_000,
  leaseMs: 15_000,
  pollIntervalMs: 1_000,
  drainMs: 25_000,
  recheckMs: 60_000,
};

/** Checks the options before anything happens. Throws `ConfigurationError` that names the option and the remedy. */
export function checkOptions(options: ArchiveServiceOptions): JobSettings {
  if (!options?.spotdraft) throw optionError('spotdraft', 'Pass a client: createSpotDraftClient({ ... }).');
  const names = Object.keys(options.destinations ?? {});
  if (names.length === 0) throw optionError('destinations', "Pass at least one: { folder: filesystem({ directory: './archive' }) }.");
  if (names.includes('')) throw optionError('destinations', 'Give every destination a name.', 'config.invalid_option');
  checkDatabase(options.database, 'database');
  requestsPerSecondOf(options.requestsPerSecond);
  checkIndexOptions(options.index);
  checkRoute(options);
  checkWriteBack(options.writeBack);
  if (!['beside', 'revision', undefined].includes(options.versions)) {
    throw optionError('versions', "Pass 'beside' or 'revision'.", 'config.invalid_option');
  }
  scheduleSettings(options.schedule);
  alarmSettings(options.alarms);
  subscriptionSettings(options.webhook?.subscription);
  return checkJobs(options.jobs ?? {});
}

function checkJobs(given: JobOptions): JobSettings {
  const settings = { ...defaults, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
  for (const [name, value] of Object.entries(settings)) {
    const isCount = name === 'concurrency' || name === 'attempts';
    if (isCount ? Number.isSafeInteger(value) && value >= 1 : Number.isFinite(value) && value >= 0) continue;
    const remedy = isCount ? 'Pass a positive whole number.' : 'Pass a number of milliseconds.';
    throw optionError(`jobs.${name}`, remedy, 'config.invalid_option');
  }
  return settings;
}
