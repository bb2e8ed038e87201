import type { FixtureDocument } from '../../fixtures/fixture-document.ts';
import { type DocumentSource, resolveDocument } from './document-source.ts';

/** One version of a contract's document. */
export interface DocumentVersion {
  /** SpotDraft's `current_version_id`. */
  readonly id: number;
  readonly uploadedAt: number;
  readonly isExecuted: boolean;
  openPdf(): Promise<FixtureDocument>;
  /** Absent when the version exists as PDF only. */
  readonly openDocx: (() => Promise<FixtureDocument>) | undefined;
}

export interface DocumentVersionOptions {
  readonly id: number;
  readonly uploadedAt: number;
  readonly isExecuted: boolean;
  readonly pdf: DocumentSource;
  readonly docx?: DocumentSource | undefined;
}

/** Makes a version whose documents come into being when they are first asked for. */
export function createDocumentVersion({ id, uploadedAt, isExecuted, pdf, docx }: DocumentVersionOptions): DocumentVersion {
  return { id, uploadedAt, isExecuted, openPdf: once(pdf), openDocx: docx && once(docx) };
}

function once(source: DocumentSource): () => Promise<FixtureDocument> {
  let document: Promise<FixtureDocument> | undefined;
  return () => {
    document ??= resolveDocument(source);
    return document;
  };
}
