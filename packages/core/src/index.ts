export { ArchiveError } from './errors/archive-error.ts';
