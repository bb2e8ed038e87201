import type { EmulatorClock } from '../../emulator/index.ts';
import type { DocumentSource } from '../documents/document-source.ts';
import { createDocumentVersion } from '../documents/document-version.ts';
import { AddressBook } from './address-book.ts';
import type { EmulatedContract, Recipient, RelatedContract, WorkspaceUser } from './contract.ts';
import { ContractStore } from './contract-store.ts';
import { createContract, notReadyFrom } from './create-contract.ts';
import type { NewContract, NotReady } from './new-contract.ts';

/** Something happened to a contract that webhooks tell about. */
export interface Activity {
  readonly contract: EmulatedContract;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What the call says about the status, where that differs from the contract's. */
  readonly status?: string | undefined;
  readonly performedBy?: WorkspaceUser | undefined;
}

export interface WorkspaceOptions {
  readonly clock: EmulatorClock;
  readonly workspaceId: number;
  readonly importFiresExecuted: boolean;
  readonly onActivity: (activity: Activity) => void;
}

export interface Moment {
  /** @default now */
  readonly at?: Date | undefined;
}

export interface Signing extends Moment {
  readonly email: string;
}

export interface NewVersion extends Moment {
  readonly document: DocumentSource;
  /** @default none */
  readonly docx?: DocumentSource | undefined;
}

/** What a person changes about a contract. */
export type ContractEdit = Partial<Pick<NewContract, 'title' | 'counterparties' | 'entity'>>;

/**
 * What the emulated SpotDraft knows. Every verb does what the product does when a person, a counterparty or the product itself acts: it changes
 * the contract and sends the webhooks. `addContract` alone is silent: the contract has always been there.
 */
export class Workspace {
  readonly #options: WorkspaceOptions;
  readonly #store = new ContractStore();
  readonly addressBook: AddressBook = new AddressBook();
  /** People of the workspace: who may be named in `user-email` and mentioned in comments. */
  readonly users: WorkspaceUser[] = [
    { id: 501, name: 'Ines Okafor', email: 'ines.okafor@example.com' },
    { id: 502, name: 'Tom Lindqvist', email: 'tom.lindqvist@example.com' },
  ];
  #lastNumber = 1000;
  #lastId = 9000;

  constructor(options: WorkspaceOptions) {
    this.#options = options;
  }

  get workspaceId(): number {
    return this.#options.workspaceId;
  }

  /** All contracts but the deleted ones, newest first. */
  get contracts(): readonly EmulatedContract[] {
    return this.#store.newestFirst;
  }

  find(id: string): EmulatedContract | undefined {
    return this.#store.find(id);
  }

  /** Throws a `RangeError` when there is no such contract. */
  get(id: string): EmulatedContract {
    return this.#store.get(id);
  }

  /** A number that nothing in this workspace has yet. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Puts a contract there, at any point of its life, without a webhook. */
  addContract(given: NewContract): EmulatedContract {
    const contract = createContract(given, {
      addressBook: this.addressBook,
      owner: this.users[0] as WorkspaceUser,
      legalUser: this.users[1] as WorkspaceUser,
      now: this.#options.clock.now(),
      nextNumber: () => this.#lastNumber + 1,
      nextId: () => this.nextId(),
    });
    this.#store.add(contract);
    if (contract.series === 'T') this.#lastNumber = Math.max(this.#lastNumber, contract.number);
    return contract;
  }

  /** A person creates a contract. */
  createContract(given: NewContract): EmulatedContract {
    const contract = this.addContract({ ...given, status: 'DRAFT' });
    this.announce(contract, 'CONTRACT_CREATED', { performedBy: contract.businessUser });
    return contract;
  }

  /** A person uploads a contract that was executed elsewhere. Whether this sends `CONTRACT_EXECUTED` is an option of the emulator. */
  importExecuted(given: NewContract): EmulatedContract {
    const contract = this.addContract({ kind: 'EXECUTED_CONTRACT', ...given, status: 'EXECUTED' });
    // The published sample of this call says DRAFT, although the contract is executed.
    this.announce(contract, 'CONTRACT_CREATED', { performedBy: contract.businessUser, status: 'DRAFT' });
    if (this.#options.importFiresExecuted) this.announce(contract, 'CONTRACT_EXECUTED');
    return contract;
  }

  /** A visitor accepts a clickthrough contract: it is created and executed in one step. */
  acceptClickwrap(given: NewContract): EmulatedContract {
    const contract = this.addContract({ kind: 'CLICKWRAP_CONTRACT', ...given, status: 'EXECUTED' });
    this.announce(contract, 'CONTRACT_CREATED');
    this.announce(contract, 'CONTRACT_EXECUTED', { ...(contract.executedAt !== undefined && { at: contract.executedAt }) });
    return contract;
  }

  sendToCounterparty(id: string): EmulatedContract {
    return this.#move(id, 'REDLINING', 'CONTRACT_SENT_TO_COUNTERPARTY');
  }

  requestSignatures(id: string): EmulatedContract {
    const contract = this.#move(id, 'SIGN', 'CONTRACT_MARK_FOR_EXECUTION');
    this.announce(contract, 'CONTRACT_SIGNATURE_REQUESTED', { performedBy: contract.businessUser });
    return contract;
  }

  /** One signatory signs. The contract is executed once the last one has. */
  sign(id: string, { email, at }: Signing): EmulatedContract {
    const contract = this.get(id);
    const signatory = signatoryOf(contract, email);
    signatory.actedAt = at?.getTime() ?? this.#options.clock.now();
    signatory.hasDeclined = false;
    this.announce(contract, 'CONTRACT_SIGNED', { at: signatory.actedAt });
    const isComplete = contract.recipients.every(
      ({ type, actedAt, hasDeclined }) => type !== 'SIGNATORY' || (actedAt !== undefined && !hasDeclined),
    );
    return isComplete ? this.execute(id, { at }) : contract;
  }

  /** One signatory refuses to sign. The contract waits. */
  declineSignature(id: string, { email, at }: Signing): EmulatedContract {
    const contract = this.get(id);
    const signatory = signatoryOf(contract, email);
    signatory.actedAt = at?.getTime() ?? this.#options.clock.now();
    signatory.hasDeclined = true;
    this.announce(contract, 'CONTRACT_SIGNATURE_DECLINED', { at: signatory.actedAt });
    return contract;
  }

  /** All signatories who have not signed do, and the contract becomes executed. `notReady` counts from now. */
  execute(id: string, { at, notReady }: Moment & { readonly notReady?: NotReady | undefined } = {}): EmulatedContract {
    const contract = this.get(id);
    if (contract.status === 'VOIDED') throw new RangeError(`${id} is voided.`);
    const executedAt = at?.getTime() ?? this.#options.clock.now();
    for (const recipient of contract.recipients) {
      if (recipient.type === 'RECEIVER' || (recipient.actedAt !== undefined && !recipient.hasDeclined)) continue;
      recipient.actedAt = executedAt;
      recipient.hasDeclined = false;
      if (recipient.type === 'SIGNATORY') this.announce(contract, 'CONTRACT_SIGNED', { at: executedAt });
    }
    contract.status = 'EXECUTED';
    contract.executedAt = executedAt;
    if (notReady !== undefined) contract.notReady = notReadyFrom(notReady, this.#options.clock.now());
    this.announce(contract, 'CONTRACT_EXECUTED', { at: executedAt });
    this.announce(contract, 'CONTRACT_PROCESS_METRIC_UPDATED');
    return contract;
  }

  /** A new version is uploaded; the contract keeps its status. */
  uploadVersion(id: string, version: NewVersion & { readonly isExecuted: boolean }): EmulatedContract {
    const contract = this.get(id);
    const uploadedAt = version.at?.getTime() ?? this.#options.clock.now();
    const { document: pdf, docx, isExecuted } = version;
    contract.versions.push(createDocumentVersion({ id: this.nextId(), uploadedAt, isExecuted, pdf, docx }));
    if (isExecuted && contract.status !== 'EXECUTED') return this.execute(id, { at: version.at });
    this.announce(contract, 'CONTRACT_VERSION_UPLOADED', { at: uploadedAt, performedBy: contract.businessUser });
    return contract;
  }

  /** A new executed version takes the place of the old one. A contract that was not executed becomes so. */
  uploadExecutedVersion(id: string, version: NewVersion): EmulatedContract {
    return this.uploadVersion(id, { ...version, isExecuted: true });
  }

  /** A person changes what describes a contract; its documents stay. Key pointers are written through the API. */
  editContract(id: string, { title, counterparties, entity }: ContractEdit): EmulatedContract {
    const contract = this.get(id);
    if (title !== undefined) contract.title = title;
    if (counterparties !== undefined) contract.counterparties = counterparties.map((party) => this.addressBook.counterparty(party));
    if (entity !== undefined) contract.entity = this.addressBook.entity(entity);
    if (title !== undefined || counterparties !== undefined)
      this.announce(contract, 'CONTRACT_DATA_UPDATED', { performedBy: contract.businessUser });
    if (entity !== undefined) this.announce(contract, 'CONTRACT_ENTITY_UPDATED', { performedBy: contract.businessUser });
    return contract;
  }

  /** Throws a `RangeError` for an executed contract: the product refuses that too. */
  void(id: string): EmulatedContract {
    if (this.get(id).status === 'EXECUTED') throw new RangeError(`${id} is executed and can no longer be voided.`);
    return this.#move(id, 'VOIDED', 'CONTRACT_VOIDED');
  }

  /** From here on the API answers 404 for it. */
  delete(id: string): void {
    const contract = this.get(id);
    this.#store.remove(contract);
    this.announce(contract, 'CONTRACT_DELETED', { performedBy: contract.businessUser });
  }

  /** Silently replaces the current version's document, keeping the version id. */
  setDocument(id: string, source: DocumentSource, { docx }: { readonly docx?: DocumentSource | undefined } = {}): void {
    const { versions } = this.get(id);
    const current = versions.pop();
    if (current !== undefined) versions.push(createDocumentVersion({ ...current, pdf: source, docx: docx ?? current.openDocx }));
  }

  /** From now on the document is not ready. */
  setNotReady(id: string, notReady: NotReady): void {
    this.get(id).notReady = notReadyFrom(notReady, this.#options.clock.now());
  }

  relate(id: string, { to, relation }: { readonly to: string; readonly relation: RelatedContract['relation'] }): void {
    this.get(id).related.push({ id: this.nextId(), contractId: this.get(to).id, relation });
  }

  /** Notes a change and sends the webhooks for an activity. */
  announce(contract: EmulatedContract, name: string, activity: Partial<Omit<Activity, 'contract' | 'name'>> = {}): void {
    const at = activity.at ?? this.#options.clock.now();
    contract.updatedAt = Math.max(contract.updatedAt, at);
    this.#options.onActivity({ ...activity, contract, name, at });
  }

  #move(id: string, status: EmulatedContract['status'], activity: string): EmulatedContract {
    const contract = this.get(id);
    contract.status = status;
    this.announce(contract, activity, { performedBy: contract.businessUser });
    return contract;
  }
}

function signatoryOf({ id, recipients }: EmulatedContract, email: string): Recipient {
  const signatory = recipients.find((recipient) => recipient.type === 'SIGNATORY' && recipient.email === email);
  if (signatory === undefined) throw new RangeError(`${id} has no signatory with this address.`);
  return signatory;
}
