import type { DocumentVersion } from '../documents/document-version.ts';

/** Where a contract stands. */
export type ContractStatus = 'DRAFT' | 'REDLINING' | 'SIGN' | 'EXECUTED' | 'ON_HOLD' | 'VOIDED';

/** How a contract came to be, in the words of webhooks and, beside them, of the API. */
export const apiKinds = {
  TEMPLATE_CONTRACT: 'TEMPLATE',
  EDITED_TEMPLATE_CONTRACT: 'TEMPLATE_EDITABLE',
  THIRD_PARTY_CONTRACT: 'UPLOAD_EDITABLE',
  SIGN_CONTRACT: 'UPLOAD_SIGN',
  EXECUTED_CONTRACT: 'UPLOAD_EXECUTED',
  EXPRESS_TEMPLATE_CONTRACT: 'EXPRESS_TEMPLATE',
  CLICKWRAP_CONTRACT: 'CLICKWRAP',
  HISTORICAL_CLICKWRAP_CONTRACT: 'HISTORICAL_CLICKWRAP',
} as const;

export type ContractKind = keyof typeof apiKinds;

export interface WorkspaceUser {
  readonly id: number;
  readonly name: string;
  readonly email: string;
}

export interface ContractType {
  readonly id: number;
  readonly name: string;
}

/** Another side of contracts, as the workspace's address book knows it. */
export interface Counterparty {
  readonly id: number;
  readonly name: string;
  readonly isIndividual: boolean;
  readonly contactName: string;
  readonly contactEmail: string;
}

/** A legal entity of the workspace's owner. */
export interface Entity {
  readonly id: number;
  readonly name: string;
  readonly referenceId: string;
  readonly jurisdiction: string;
  readonly type: string;
}

export interface KeyPointerValue {
  readonly id: number;
  readonly fieldName: string;
  readonly label: string;
  readonly dataType: string;
  value: unknown;
}

export interface Recipient {
  readonly id: number;
  readonly type: 'SIGNATORY' | 'APPROVER' | 'RECEIVER';
  readonly name: string;
  readonly email: string;
  readonly isCreatorParty: boolean;
  /** Milliseconds since 1970; absent until the recipient has acted. */
  actedAt: number | undefined;
  hasDeclined: boolean;
}

export interface Comment {
  readonly id: number;
  readonly text: string;
}

export interface RelatedContract {
  readonly id: number;
  /** Composite id. */
  readonly contractId: string;
  readonly relation: 'CHILD' | 'PARENT' | 'ADDENDUM' | 'AMENDMENT';
}

/**
 * What a contract answers while its document is not ready: a status of the API, or a download without content, or one that is a proxy's page.
 */
export type NotReadyAnswer = 402 | 404 | 409 | 'empty' | 'html';

/** A contract as the emulated workspace keeps it. Times are milliseconds since 1970. */
export interface EmulatedContract {
  /** Composite id, such as `T-7`. */
  readonly id: string;
  readonly series: 'T' | 'H';
  readonly number: number;
  title: string;
  status: ContractStatus;
  readonly kind: ContractKind;
  readonly contractType: ContractType;
  counterparties: readonly Counterparty[];
  entity: Entity;
  readonly businessUser: WorkspaceUser;
  readonly legalUser: WorkspaceUser | undefined;
  readonly referenceId: string | undefined;
  readonly createdAt: number;
  updatedAt: number;
  executedAt: number | undefined;
  readonly tags: readonly string[];
  readonly keyPointers: Map<string, KeyPointerValue>;
  externalMetadata: Readonly<Record<string, unknown>> | undefined;
  readonly recipients: readonly Recipient[];
  readonly related: RelatedContract[];
  readonly comments: Comment[];
  readonly note: string | undefined;
  readonly text: string | undefined;
  /** Oldest first; the last one is the current one. */
  readonly versions: DocumentVersion[];
  notReady: { readonly until: number; readonly answer: NotReadyAnswer } | undefined;
}
