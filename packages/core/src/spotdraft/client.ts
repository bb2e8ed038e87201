import { type ClientSettings, readClientOptions, type SpotDraftClientOptions } from './client-options.ts';
import { type Contracts, createContracts } from './contracts/contracts.ts';
import { type ContractType, listContractTypes } from './directory/contract-types.ts';
import { type Counterparty, findCounterparty, type ListCounterpartiesOptions, listCounterparties } from './directory/counterparties.ts';
import { type Entity, listEntities } from './directory/entities.ts';
import { type KeyPointerDefinition, type ListKeyPointersOptions, listKeyPointers } from './directory/key-pointer-definitions.ts';
import { budgetedPace, type RequestBudget } from './http/budgeted-pace.ts';
import { createRequester, type RequestOptions } from './http/requester.ts';
import { getHmacKey, retriggerLatest } from './webhooks/webhook-calls.ts';
import { createWebhook, deleteWebhook, type NewWebhook, type WebhookSubscription } from './webhooks/webhook-subscriptions.ts';
import type { WithRaw } from './with-raw.ts';

/**
 * SpotDraft's public API, as far as an archive needs it.
 *
 * Requests are paced, have a deadline, and are repeated after 429, 5xx and network failures where a second request does no harm. Every method
 * rejects with the reason of `signal` when it is aborted, and with `SpotDraftError` otherwise; no error holds a credential or a download link.
 */
export interface SpotDraftClient {
  /** Names the place that contract ids are unique in; part of every archive key. */
  readonly source: string;
  readonly contracts: Contracts;
  /** Definitions of metadata fields; the values are `contracts.keyPointers`. */
  readonly keyPointers: {
    list(options?: ListKeyPointersOptions): Promise<readonly WithRaw<KeyPointerDefinition>[]>;
  };
  readonly contractTypes: {
    list(options?: RequestOptions): Promise<readonly WithRaw<ContractType>[]>;
  };
  readonly counterparties: {
    list(options?: ListCounterpartiesOptions): AsyncIterable<WithRaw<Counterparty>>;
    /** One counterparty; `undefined` when it is not there. */
    find(counterpartyId: string | number, options?: RequestOptions): Promise<WithRaw<Counterparty> | undefined>;
  };
  /** Our own legal entities. */
  readonly entities: {
    list(options?: RequestOptions): Promise<readonly WithRaw<Entity>[]>;
  };
  readonly webhooks: {
    /** Keep the `id` of the result: SpotDraft has no list of webhooks. Not safe to repeat: each call creates one. */
    create(webhook: NewWebhook, options?: RequestOptions): Promise<WithRaw<WebhookSubscription>>;
    delete(webhookId: string | number, options?: RequestOptions): Promise<void>;
    /** The key, in base64, with which SpotDraft signs webhook calls. A secret. */
    hmacKey(options?: RequestOptions): Promise<string>;
    /** Has the last call of each contract sent again, whatever it was about. T contracts. */
    retriggerLatest(contractIds: readonly string[], options?: RequestOptions): Promise<void>;
  };
  /**
   * A client like this one, and at one pace with it, that asks for leave before every request, repeats included: for a budget that several
   * processes share.
   */
  withBudget(budget: RequestBudget): SpotDraftClient;
}

/**
 * Makes a client. Connects to nothing until a method is called.
 *
 * Throws `ConfigurationError` that names the option and the remedy.
 *
 * @example
 * const spotdraft = createSpotDraftClient({ region: 'us', clientId, clientSecret });
 * for await (const contract of spotdraft.contracts.list({ status: 'EXECUTED', executedFrom: '2026-01-01' })) console.log(contract.title);
 */
export function createSpotDraftClient(options: SpotDraftClientOptions): SpotDraftClient {
  return clientOf(readClientOptions(options ?? ({} as SpotDraftClientOptions)));
}

function clientOf(settings: ClientSettings): SpotDraftClient {
  const requester = createRequester(settings);
  return {
    source: settings.address.source,
    contracts: createContracts(requester),
    keyPointers: { list: (listOptions) => listKeyPointers(requester, listOptions) },
    contractTypes: { list: (listOptions) => listContractTypes(requester, listOptions) },
    counterparties: {
      list: (listOptions) => listCounterparties(requester, listOptions),
      find: (counterpartyId, findOptions) => findCounterparty(requester, counterpartyId, findOptions),
    },
    entities: { list: (listOptions) => listEntities(requester, listOptions) },
    webhooks: {
      create: (webhook, createOptions) => createWebhook(requester, webhook, createOptions),
      delete: (webhookId, deleteOptions) => deleteWebhook(requester, webhookId, deleteOptions),
      hmacKey: (keyOptions) => getHmacKey(requester, keyOptions),
      retriggerLatest: (contractIds, retriggerOptions) => retriggerLatest(requester, contractIds, retriggerOptions),
    },
    withBudget: (budget) => clientOf({ ...settings, pace: budgetedPace(settings.pace, budget) }),
  };
}
