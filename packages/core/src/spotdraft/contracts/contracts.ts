import type { ExternalMetadata } from '../../contract/contract-facts.ts';
import type { KeyPointer } from '../../contract/key-pointer.ts';
import { type DownloadDocxOptions, downloadDocument, downloadDocx } from '../documents/download-document.ts';
import { type DownloadLink, type GetDownloadLinkOptions, getDownloadLink } from '../documents/download-link.ts';
import { openLink } from '../documents/open-link.ts';
import type { Requester, RequestOptions } from '../http/requester.ts';
import type { ListOptions } from '../list-pages.ts';
import type { OpenedDocument } from '../opened-document.ts';
import type { WithRaw } from '../with-raw.ts';
import { addComment, type Comment, listComments } from './comments.ts';
import { type ContractContent, type GetContentOptions, getContractContent } from './contract-content.ts';
import { getKeyPointers, type KeyPointerValue, setKeyPointers } from './contract-key-pointers.ts';
import type { ContractRow } from './contract-row.ts';
import { type ContractStatus, getContractStatus } from './contract-status.ts';
import { getExternalMetadata, setExternalMetadata } from './external-metadata.ts';
import { findByExternalMetadata } from './find-by-external-metadata.ts';
import { findContract, type ListContractsOptions, listContracts } from './list-contracts.ts';
import { getNotes, type Note } from './notes.ts';
import { getProcessMetrics, type ProcessMetrics } from './process-metrics.ts';
import { getRecipients, type Recipient } from './recipients.ts';
import { listRelatedContracts, type RelatedContract } from './related-contracts.ts';

/**
 * Everything about contracts. Ids are composite, such as `T-19589`. Methods marked "T contracts" throw `spotdraft.invalid_request` for historical
 * contracts (`H-42`), before any request: SpotDraft's endpoint takes the number alone.
 */
export interface Contracts {
  /** The contracts that pass every filter, each once; pages are asked for while the rows are consumed. */
  list(options?: ListContractsOptions): AsyncIterable<WithRaw<ContractRow>>;
  /** One contract as the list shows it; `undefined` when it is not there. */
  find(contractId: string, options?: RequestOptions): Promise<WithRaw<ContractRow> | undefined>;
  status(contractId: string, options?: RequestOptions): Promise<WithRaw<ContractStatus>>;
  /** A link to the latest document. A secret: open it at once. */
  downloadLink(contractId: string, options?: GetDownloadLinkOptions): Promise<WithRaw<DownloadLink>>;
  /** Reads the document under a link, without credentials. Rejects with `spotdraft.link_expired` when a new link is needed. */
  openLink(link: Pick<DownloadLink, 'url'>, options?: RequestOptions): Promise<OpenedDocument>;
  /** Reads the latest PDF, which SpotDraft makes on demand. */
  download(contractId: string, options?: RequestOptions): Promise<OpenedDocument>;
  /** T contracts. */
  downloadDocx(contractId: string, options?: DownloadDocxOptions): Promise<OpenedDocument>;
  /** Needs full text search to be enabled for the workspace. */
  content(contractId: string, options?: GetContentOptions): Promise<WithRaw<ContractContent>>;
  /** Metadata values. They describe, they do not prove: the signed text may say otherwise. */
  keyPointers(contractId: string, options?: RequestOptions): Promise<readonly WithRaw<KeyPointer>[]>;
  /** Writes metadata values; the others stay. Safe to repeat. */
  setKeyPointers(contractId: string, values: readonly KeyPointerValue[], options?: RequestOptions): Promise<readonly WithRaw<KeyPointer>[]>;
  recipients(contractId: string, options?: RequestOptions): Promise<readonly WithRaw<Recipient>[]>;
  /** T contracts. */
  processMetrics(contractId: string, options?: RequestOptions): Promise<WithRaw<ProcessMetrics>>;
  /** T contracts. Those that the caller may see, each once. */
  relatedContracts(contractId: string, options?: ListOptions): AsyncIterable<WithRaw<RelatedContract>>;
  /** The record of another system; `undefined` when there is none. */
  externalMetadata(contractId: string, options?: RequestOptions): Promise<WithRaw<ExternalMetadata> | undefined>;
  /**
   * Writes the record of another system, all five fields. There is one per contract, and CRM integrations keep theirs here: read it first, and do
   * not write another `id` over it. Whether fields that are left out stay is not documented. Safe to repeat.
   */
  setExternalMetadata(
    contractId: string,
    metadata: ExternalMetadata,
    options?: RequestOptions,
  ): Promise<WithRaw<ExternalMetadata> | undefined>;
  /** Contracts linked with a record of another system; SpotDraft gives 50 at most. */
  findByExternalMetadata(externalId: string, options?: RequestOptions): Promise<readonly WithRaw<ContractRow>[]>;
  /** T contracts. Newest first, each once. */
  comments(contractId: string, options?: ListOptions): AsyncIterable<WithRaw<Comment>>;
  /** T contracts. Not safe to repeat: each call adds a comment. */
  addComment(contractId: string, text: string, options?: RequestOptions): Promise<WithRaw<Comment>>;
  notes(contractId: string, options?: RequestOptions): Promise<readonly WithRaw<Note>[]>;
}

export function createContracts(requester: Requester): Contracts {
  return {
    list: (options) => listContracts(requester, options),
    find: (contractId, options) => findContract(requester, contractId, options),
    status: (contractId, options) => getContractStatus(requester, contractId, options),
    downloadLink: (contractId, options) => getDownloadLink(requester, contractId, options),
    openLink: (link, options) => openLink(requester, link, options),
    download: (contractId, options) => downloadDocument(requester, contractId, options),
    downloadDocx: (contractId, options) => downloadDocx(requester, contractId, options),
    content: (contractId, options) => getContractContent(requester, contractId, options),
    keyPointers: (contractId, options) => getKeyPointers(requester, contractId, options),
    setKeyPointers: (contractId, values, options) => setKeyPointers(requester, contractId, { ...options, values }),
    recipients: (contractId, options) => getRecipients(requester, contractId, options),
    processMetrics: (contractId, options) => getProcessMetrics(requester, contractId, options),
    relatedContracts: (contractId, options) => listRelatedContracts(requester, contractId, options),
    externalMetadata: (contractId, options) => getExternalMetadata(requester, contractId, options),
    setExternalMetadata: (contractId, metadata, options) => setExternalMetadata(requester, contractId, { ...options, metadata }),
    findByExternalMetadata: (externalId, options) => findByExternalMetadata(requester, externalId, options),
    comments: (contractId, options) => listComments(requester, contractId, options),
    addComment: (contractId, text, options) => addComment(requester, contractId, { ...options, text }),
    notes: (contractId, options) => getNotes(requester, contractId, options),
  };
}
