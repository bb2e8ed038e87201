// For authors of destinations: everything an adapter needs, and nothing of the archiver itself.

export type { ArchiveErrorOptions, ErrorDetails, Recovery } from '../errors/archive-error.ts';
export { ArchiveError } from '../errors/archive-error.ts';
export { ConfigurationError } from '../errors/configuration-error.ts';
export type { DestinationErrorCode } from '../errors/destination-error.ts';
export { DestinationError } from '../errors/destination-error.ts';
export type { IntegrityErrorCode } from '../errors/integrity-error.ts';
export { IntegrityError } from '../errors/integrity-error.ts';
export type { CheckOptionsInput, OptionRule, OptionRules, WholeNumberRange } from '../options/option-rules.ts';
export { checkOptions, optionRules } from '../options/option-rules.ts';
export type { DestinationCapabilities, PropertyLimits } from './capabilities.ts';
export type { ExistingFile } from './conflict.ts';
export { conflictWith } from './conflict.ts';
export type { DestinationHash, HashAlgorithm, Hasher } from './hash.ts';
export { md5, sha1, sha256 } from './hash.ts';
export type { AccessToken, AccessTokenOptions } from './http/access-token.ts';
export { accessToken } from './http/access-token.ts';
export type { BaseUrlOptions } from './http/base-url.ts';
export { parseBaseUrl } from './http/base-url.ts';
export type { Clock, WaitOptions } from './http/clock.ts';
export { systemClock } from './http/clock.ts';
export { createDestinationRequester } from './http/create-destination-requester.ts';
export type { ErrorRow, ErrorTable, FailedAnswer, FailureFacts } from './http/error-table.ts';
export { exactly } from './http/exactly.ts';
export type { MultipartFormOptions, MultipartRelatedOptions } from './http/multipart-body.ts';
export { multipartForm, multipartRelated } from './http/multipart-body.ts';
export type { OnceEach, OnceEachOptions } from './http/once-each.ts';
export { onceEach } from './http/once-each.ts';
export type { PiecesInParallelOptions } from './http/pieces-in-parallel.ts';
export { piecesInParallel } from './http/pieces-in-parallel.ts';
export type { Piece, ReadPiecesOptions } from './http/read-pieces.ts';
export { readPieces } from './http/read-pieces.ts';
export type { PrivateKeyOptions } from './http/read-private-key.ts';
export { readPrivateKey } from './http/read-private-key.ts';
export type { AccessTokenRequest, TokenGrant } from './http/request-access-token.ts';
export { requestAccessToken } from './http/request-access-token.ts';
export type { OpenableDocument, RequestBody } from './http/request-body.ts';
export { bytesBody, documentBody, formBody, jsonBody } from './http/request-body.ts';
export type {
  DestinationAnswer,
  DestinationRequest,
  DestinationRequester,
  DestinationRequesterOptions,
  DownloadAnswer,
  DownloadRequest,
  Expectation,
  RequestEvent,
  RetryOptions,
} from './http/requester-types.ts';
export type { ResumeOrBeginOptions } from './http/resume-or-begin.ts';
export { resumeOrBegin } from './http/resume-or-begin.ts';
export type { NearLimitOptions } from './http/retry-after.ts';
export { pauseNearLimit } from './http/retry-after.ts';
export type { Secret } from './http/secret.ts';
export { secret } from './http/secret.ts';
export type { AssertionOptions } from './http/sign-assertion.ts';
export { signAssertion } from './http/sign-assertion.ts';
export type { FetchToken, TokenCallOptions, TokenRequest, TokenSource, TokenSourceOptions } from './http/token-source.ts';
export { createTokenSource } from './http/token-source.ts';
export type { UploadInPiecesOptions, UploadInPiecesOutcome, UploadPosition } from './http/upload-in-pieces.ts';
export { uploadInPieces } from './http/upload-in-pieces.ts';
export { withProgress } from './http/with-progress.ts';
export type { LengthUnit, NamingRules } from './naming-rules.ts';
export type { PropertyName } from './property-names.ts';
export { propertyNames } from './property-names.ts';
export type { CheckStep } from './run-checks.ts';
export { runChecks } from './run-checks.ts';
export type {
  CallOptions,
  CheckFinding,
  Checkpoint,
  CheckReport,
  DocumentPath,
  DocumentToStore,
  FindQuery,
  JsonValue,
  OpenOptions,
  PutOptions,
  PutResult,
  StorageDestination,
  StoredCopy,
} from './storage-destination.ts';
export { windowsForbiddenCharacters, windowsReservedNames } from './windows-names.ts';
