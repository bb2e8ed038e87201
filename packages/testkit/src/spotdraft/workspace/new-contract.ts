import type { DocumentSource } from '../documents/document-source.ts';
import type { ContractKind, ContractStatus, NotReadyAnswer, Recipient } from './contract.ts';

export interface NewCounterparty {
  readonly name: string;
  /** @default false */
  readonly isIndividual?: boolean | undefined;
  readonly contactName?: string | undefined;
  readonly contactEmail?: string | undefined;
}

export interface NewRecipient {
  readonly email: string;
  readonly name?: string | undefined;
  /** @default 'SIGNATORY' */
  readonly type?: Recipient['type'] | undefined;
  /** @default false */
  readonly isCreatorParty?: boolean | undefined;
}

/** How long a document is not ready after the contract was executed or added, and what is answered meanwhile. */
export interface NotReady {
  readonly forMs: number;
  /** @default 404 */
  readonly answer?: NotReadyAnswer | undefined;
}

/** What a test tells about a contract; everything else is invented, the same way each time. */
export interface NewContract {
  readonly title: string;
  /** Composite id. `T-7` and `H-7` are two contracts. @default the next free `T-` id, from `T-1001` */
  readonly id?: string | undefined;
  /** @default 'DRAFT' */
  readonly status?: ContractStatus | undefined;
  /** In the words of webhooks. @default 'TEMPLATE_CONTRACT' */
  readonly kind?: ContractKind | undefined;
  /** @default 'Master Services Agreement' */
  readonly contractType?: string | undefined;
  /** In order. @default one company */
  readonly counterparties?: readonly (string | NewCounterparty)[] | undefined;
  /** Name of our own legal entity. @default 'Northwind Trading GmbH' */
  readonly entity?: string | undefined;
  readonly owner?: { readonly name: string; readonly email: string } | undefined;
  /** `null` for none. @default `SD-` and the number, or `SDH-` for `H-` contracts */
  readonly referenceId?: string | null | undefined;
  /** @default now */
  readonly createdAt?: Date | undefined;
  /** @default now, for an executed contract */
  readonly executedAt?: Date | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Metadata values by field name. */
  readonly keyPointers?: Readonly<Record<string, unknown>> | undefined;
  readonly externalMetadata?: Readonly<Record<string, unknown>> | undefined;
  /** @default a signatory of each side */
  readonly recipients?: readonly NewRecipient[] | undefined;
  /** @default a contract PDF with this title and these parties */
  readonly document?: DocumentSource | undefined;
  /** @default none */
  readonly docx?: DocumentSource | undefined;
  readonly notReady?: NotReady | undefined;
  readonly note?: string | undefined;
  /** The text that full text search has extracted. */
  readonly text?: string | undefined;
}
