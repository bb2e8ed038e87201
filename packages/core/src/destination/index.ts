// For authors of destinations: everything an adapter needs, and nothing of the archiver itself.

export type { ArchiveErrorOptions, ErrorDetails, Recovery } from '../errors/archive-error.ts';
export { ArchiveError } from '../errors/archive-error.ts';
export { ConfigurationError } from '../errors/configuration-error.ts';
export type { DestinationErrorCode } from '../errors/destination-error.ts';
export { DestinationError } from '../errors/destination-error.ts';
export type { IntegrityErrorCode } from '../errors/integrity-error.ts';
export { IntegrityError } from '../errors/integrity-error.ts';
export type { DestinationCapabilities, PropertyLimits } from './capabilities.ts';
export type { ExistingFile } from './conflict.ts';
export { conflictWith } from './conflict.ts';
export type { DestinationHash, HashAlgorithm, Hasher } from './hash.ts';
export { md5, sha1, sha256 } from './hash.ts';
export type { LengthUnit, NamingRules } from './naming-rules.ts';
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
