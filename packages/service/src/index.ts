export type { Alarm, AlarmEvent, AlarmKind } from './alarms/alarm.ts';
export type { AlarmOptions } from './alarms/alarm-options.ts';
export type { ArchiveService, WaitOptions } from './archive-service.ts';
export { createArchiveService } from './archive-service.ts';
export type { ContractMetadata } from './contracts/contract-metadata.ts';
export type { ContractFilter, ContractOrder, ContractQuery, FacetQuery, OneOf } from './contracts/contract-query.ts';
export type { ArchiveStatus } from './contracts/contract-status.ts';
export type { FacetCount, FacetCounts } from './contracts/count-facets.ts';
export type { FacetName } from './contracts/facets.ts';
export type { IndexOptions } from './contracts/index-options.ts';
export type { FoundContract, IndexedContract } from './contracts/search-contracts.ts';
export type { ArchivedVersion } from './contracts/versions-of.ts';
export type { DatabaseOptions } from './database/database-options.ts';
export type { JobEnded, ServiceEvent, WebhookAccepted } from './events/service-event.ts';
export type { ExportQuery } from './export/export-contracts.ts';
export type { JobCounts } from './health/backlog.ts';
export type { ServiceHealth } from './health/service-health.ts';
export type { DeadLetter } from './jobs/dead-letters.ts';
export type { JobFailure, JobFailures } from './jobs/job-failure.ts';
export type { OpenLedger } from './ledger/open-ledger.ts';
export { openLedger } from './ledger/open-ledger.ts';
export type { Meter } from './metrics/meter.ts';
export { requestMetrics } from './metrics/request-metrics.ts';
export type { Parked } from './parking/parked.ts';
export type { BackfillOptions, BackfillProgress, BackfillResult } from './repair/backfill.ts';
export type { Completeness, CompletenessException, CompletenessOptions } from './repair/completeness.ts';
export type { DateRange } from './repair/date-range.ts';
export type { Finding, FindingAction, FindingFacts, FindingKind } from './repair/finding.ts';
export type { OldestException } from './repair/oldest-exception.ts';
export type { CopyChecks, RepairOptions, RepairReport } from './repair/repair.ts';
export type { RouteCondition, RouteQuestions, RouteRule } from './routing/route-rules.ts';
export type { RouteFunction } from './routing/routing.ts';
export type { TimerStatus } from './schedule/claim-timer.ts';
export type { RepairSchedule, ScheduleOptions, VerifySchedule } from './schedule/schedule-options.ts';
export type { TimerRun } from './schedule/timer-run.ts';
export type { ArchiveServiceOptions, JobOptions, WebhookOptions } from './service-options.ts';
export type { SubscriptionOptions } from './subscription/subscription-options.ts';
export type { ListFindingsOptions, OpenFinding } from './verify/open-findings.ts';
export type { RestoreOptions } from './verify/restore-options.ts';
export type { ScanReport, VerifyReport } from './verify/verify.ts';
export type { VerifyOptions } from './verify/verify-options.ts';
export type {
  CommentWriteBack,
  ExternalMetadataWriteBack,
  KeyPointerWriteBack,
  WriteBackOptions,
} from './write-back/write-back-options.ts';
export type { WriteBackStatus } from './write-back/write-back-status.ts';
