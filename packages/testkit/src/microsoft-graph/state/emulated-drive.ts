import { randomUUID } from 'node:crypto';
import type { EmulatorClock } from '../../emulator/index.ts';
import { accessDenied, eTagMismatch, GraphRefusal, itemNotFound, nameTaken } from '../graph-refusal.ts';
import { cTagOf, eTagOf, type FileContent, type GraphColumn, type GraphItem, type Maker } from './graph-item.ts';
import { checkName, foldName } from './item-names.ts';

export type DriveType = 'documentLibrary' | 'business' | 'personal';

export interface NewDrive {
  readonly id: string;
  readonly name: string;
  readonly driveType: DriveType;
  /** The site it belongs to, for libraries. */
  readonly siteId?: string | undefined;
  /** The user it belongs to. */
  readonly owner?: string | undefined;
  readonly webUrl: string;
}

export interface Place {
  readonly parent: GraphItem;
  readonly name: string;
}

export interface NewFile extends Place {
  readonly createdBy?: Maker | undefined;
}

/** The files, folders and columns of one drive. Every change is one synchronous step. */
export class EmulatedDrive {
  readonly id: string;
  readonly name: string;
  readonly driveType: DriveType;
  readonly siteId: string | undefined;
  readonly owner: string | undefined;
  readonly webUrl: string;
  readonly columns: GraphColumn[] = [];
  readonly root: GraphItem;
  readonly #items = new Map<string, GraphItem>();
  readonly #clock: EmulatorClock;

  constructor({ id, name, driveType, siteId, owner, webUrl }: NewDrive, clock: EmulatorClock) {
    this.id = id;
    this.name = name;
    this.driveType = driveType;
    this.siteId = siteId;
    this.owner = owner;
    this.webUrl = webUrl;
    this.#clock = clock;
    this.root = this.#add('root', undefined);
  }

  get items(): readonly GraphItem[] {
    return [...this.#items.values()];
  }

  get usedBytes(): number {
    return this.items.reduce((sum, { content }) => sum + (content?.bytes.size ?? 0), 0);
  }

  find(id: string): GraphItem | undefined {
    return this.#items.get(id);
  }

  childrenOf({ id }: GraphItem): readonly GraphItem[] {
    return this.items.filter(({ parentId }) => parentId === id);
  }

  child(parent: GraphItem, name: string): GraphItem | undefined {
    const folded = foldName(name);
    return this.childrenOf(parent).find((item) => foldName(item.name) === folded);
  }

  /** Names from the root to the item, its own included. */
  pathOf(item: GraphItem): readonly string[] {
    const parent = item.parentId === undefined ? undefined : this.find(item.parentId);
    return parent === undefined ? [] : [...this.pathOf(parent), item.name];
  }

  createFolder({ parent, name }: Place): GraphItem {
    this.#checkPlace({ parent, name }, true);
    if (this.child(parent, name)) throw nameTaken();
    return this.#add(name, parent.id);
  }

  createFile({ parent, name, createdBy }: NewFile, content: FileContent): GraphItem {
    this.#checkPlace({ parent, name }, false);
    if (this.child(parent, name)) throw nameTaken();
    return this.#add(name, parent.id, { content, createdBy });
  }

  replaceContent(item: GraphItem, content: FileContent): void {
    if (item.content === undefined) throw nameTaken();
    checkUnlocked(item);
    void item.content.bytes.remove();
    item.content = content;
    item.contentVersion += 1;
    this.touch(item);
  }

  move(item: GraphItem, { parent, name }: Place): void {
    checkUnlocked(item);
    this.#checkPlace({ parent, name }, item.content === undefined);
    const there = this.child(parent, name);
    if (there !== undefined && there !== item) throw nameTaken();
    item.parentId = parent.id;
    item.name = name;
    this.touch(item);
  }

  /** Into the recycle bin, which this emulator does not show. */
  remove(item: GraphItem): void {
    checkUnlocked(item);
    for (const child of this.childrenOf(item)) this.remove(child);
    this.#items.delete(item.id);
    void item.content?.bytes.remove();
  }

  touch(item: GraphItem): void {
    item.version += 1;
    item.modifiedAt = this.#clock.now();
  }

  #checkPlace({ parent, name }: Place, isFolder: boolean): void {
    checkName(name, { isFolder, isAtRoot: parent === this.root });
    if (parent.content !== undefined) throw itemNotFound();
    const decoded = [new URL(this.webUrl).pathname, ...this.pathOf(parent), name].join('/');
    if (decodeURIComponent(decoded.replaceAll('%', '%25')).length > 400) throw new GraphRefusal(400, 'pathIsTooLong');
  }

  #add(
    name: string,
    parentId: string | undefined,
    { content, createdBy }: Pick<Partial<GraphItem>, 'content' | 'createdBy'> = {},
  ): GraphItem {
    const now = this.#clock.now();
    const item: GraphItem = {
      id: `01${randomUUID().replaceAll('-', '').toUpperCase()}`,
      listItemId: String(this.#items.size + 1),
      name,
      parentId,
      content,
      createdAt: now,
      createdBy,
      modifiedAt: now,
      version: 1,
      contentVersion: 1,
      fields: new Map(),
      retentionLabel: undefined,
      isRecordLocked: false,
    };
    this.#items.set(item.id, item);
    return item;
  }
}

/** A locked record refuses content and metadata. */
export function checkUnlocked({ isRecordLocked }: GraphItem): void {
  if (isRecordLocked) throw accessDenied('The item is a locked record.');
}

export function checkIfMatch(item: GraphItem | undefined, request: Request): void {
  const wanted = request.headers.get('if-match');
  if (wanted === null || wanted === '*') return;
  if (item === undefined || (wanted !== eTagOf(item) && wanted !== cTagOf(item))) throw eTagMismatch();
}
