import { randomBytes } from 'node:crypto';
import type { EmulatorClock } from '../../emulator/index.ts';
import {
  type ContentRestriction,
  type DriveItem,
  type DriveRevision,
  type DriveRole,
  folderMimeType,
  headRevision,
  isFolder,
} from './drive-item.ts';
import { isTrashed, withAncestors } from './drive-permissions.ts';
import { IncomingContent } from './receive-content.ts';
import { SearchIndex } from './search-index.ts';

export interface NewItem {
  readonly id?: string | undefined;
  readonly name: string;
  readonly mimeType?: string | undefined;
  readonly parentId: string;
  readonly projectId: string;
  readonly account: string;
}

export interface DrivePath {
  readonly folders: readonly string[];
  readonly name: string;
}

/** What lies in the emulated Drive, and verbs for what people do there. */
export class DriveState {
  readonly index: SearchIndex;
  readonly #clock: EmulatorClock;
  readonly #items = new Map<string, DriveItem>();
  readonly #generatedIds = new Set<string>();
  /** Shared drives by id. */
  readonly drives: Map<string, { readonly id: string; readonly name: string }> = new Map();
  #lastCreatedTime = 0;

  constructor({ clock, searchLagMs }: { readonly clock: EmulatorClock; readonly searchLagMs: number }) {
    this.#clock = clock;
    this.index = new SearchIndex({ clock, lagMs: searchLagMs });
  }

  readonly find = (id: string): DriveItem | undefined => this.#items.get(id);

  /** Everything, the bin included. */
  get items(): readonly DriveItem[] {
    return [...this.#items.values()];
  }

  /** Files that people see, bin excluded. */
  get files(): readonly DriveItem[] {
    return this.items.filter((item) => !isFolder(item) && !isTrashed(item, this.find));
  }

  /** Folders that people see, bin excluded. */
  get folders(): readonly DriveItem[] {
    return this.items.filter((item) => isFolder(item) && !isTrashed(item, this.find));
  }

  generateIds(count: number): string[] {
    const ids = Array.from({ length: count }, newId);
    for (const id of ids) this.#generatedIds.add(id);
    return ids;
  }

  wasGenerated(id: string): boolean {
    return this.#generatedIds.has(id);
  }

  /** The root folder of somebody's My Drive. */
  rootOf(account: string): DriveItem {
    const id = `root-${Buffer.from(account).toString('base64url')}`;
    return this.#items.get(id) ?? this.#add({ ...this.#blank(id, 'My Drive'), owner: account, mimeType: folderMimeType });
  }

  /** Makes a shared drive; its id is that of its root folder. */
  createSharedDrive(name: string, members: Readonly<Record<string, DriveRole>>): string {
    const id = `0A${newId().slice(0, 17)}`;
    this.drives.set(id, { id, name });
    this.#add({ ...this.#blank(id, name), driveId: id, mimeType: folderMimeType, permissions: new Map(Object.entries(members)) });
    return id;
  }

  /** Makes an empty file or a folder, without a look at permissions. */
  create({ id = newId(), name, mimeType = folderMimeType, parentId, projectId, account }: NewItem): DriveItem {
    const parent = this.#items.get(parentId);
    if (parent === undefined) throw new RangeError(`There is no folder ${parentId}.`);
    const place = parent.driveId === undefined ? { owner: account } : { driveId: parent.driveId };
    return this.#add({ ...this.#blank(id, name), ...place, mimeType, parents: [parentId], projectId });
  }

  /** Notes that something about an item changed. */
  touch(item: DriveItem): void {
    item.modifiedTime = this.#clock.now();
    item.version += 1;
    this.index.note(item);
  }

  addRevision(item: DriveItem, content: IncomingContent, { keepForever }: { readonly keepForever: boolean }): DriveRevision {
    const revision = { id: newId(), bytes: content.bytes, ...content.checksums(), modifiedTime: this.#clock.now(), keepForever };
    item.revisions.push(revision);
    this.touch(item);
    return revision;
  }

  /** Puts a file somewhere, folders included, as a person would in the browser. */
  async writeFile(
    { folders, name }: DrivePath,
    options: { readonly rootId: string; readonly bytes: Uint8Array; readonly account: string },
  ): Promise<DriveItem> {
    const { rootId, bytes, account } = options;
    const parentId = this.makeFolders(folders, { rootId, account });
    const item = this.create({ name, mimeType: 'application/pdf', parentId, projectId: 'drive-web', account });
    const content = new IncomingContent();
    await content.receive(new Blob([new Uint8Array(bytes)]).stream(), 1);
    this.addRevision(item, content, { keepForever: false });
    return item;
  }

  /** Moves and renames, as a person would. */
  moveFile(id: string, { folders, name }: DrivePath, { rootId, account }: { readonly rootId: string; readonly account: string }): void {
    const item = this.#get(id);
    item.parents = [this.makeFolders(folders, { rootId, account })];
    item.name = name;
    this.touch(item);
  }

  /** Puts something into the bin. */
  trash(id: string): void {
    const item = this.#get(id);
    item.isTrashed = true;
    this.touch(item);
  }

  /** Removes something for good. */
  async remove(id: string): Promise<void> {
    const item = this.#get(id);
    for (const child of this.items.filter(({ parents }) => parents.includes(id))) await this.remove(child.id);
    for (const { bytes } of item.revisions) await bytes.remove();
    this.#items.delete(id);
  }

  share(id: string, account: string, role: DriveRole): void {
    this.#get(id).permissions.set(account, role);
  }

  restrict(id: string, restrictions: readonly ContentRestriction[]): void {
    this.#get(id).contentRestrictions = restrictions;
  }

  /** Where an item lies below a folder, by the names of today; nothing when it lies elsewhere. */
  pathOf(item: DriveItem, rootId: string): DrivePath | undefined {
    const chain = withAncestors(item, this.find);
    const depth = chain.findIndex(({ id }) => id === rootId);
    if (depth < 1) return undefined;
    const names = chain.slice(0, depth).map(({ name }) => name);
    return { folders: names.slice(1).toReversed(), name: item.name };
  }

  /** Bytes an account's own files take. */
  usedBytes(account: string): number {
    const own = this.items.filter(({ owner }) => owner === account);
    return own.reduce((sum, item) => sum + (headRevision(item)?.bytes.size ?? 0), 0);
  }

  async clear(): Promise<void> {
    for (const { revisions } of this.items) for (const { bytes } of revisions) await bytes.remove();
    this.#items.clear();
  }

  makeFolders(folders: readonly string[], { rootId, account }: { readonly rootId: string; readonly account: string }): string {
    let parentId = rootId;
    for (const name of folders) {
      const known = this.folders.find((item) => item.name === name && item.parents.includes(parentId));
      parentId = (known ?? this.create({ name, parentId, projectId: 'drive-web', account })).id;
    }
    return parentId;
  }

  #get(id: string): DriveItem {
    const item = this.#items.get(id);
    if (item === undefined) throw new RangeError(`There is nothing with the id ${id}.`);
    return item;
  }

  #add(item: DriveItem): DriveItem {
    this.#items.set(item.id, item);
    this.index.note(item);
    return item;
  }

  #blank(id: string, name: string): DriveItem {
    // No two creations share a moment, so that "the older one" is never a matter of taste.
    this.#lastCreatedTime = Math.max(this.#clock.now(), this.#lastCreatedTime + 1);
    return {
      id,
      name,
      mimeType: folderMimeType,
      parents: [],
      projectId: 'drive-web',
      properties: new Map(),
      appProperties: new Map(),
      permissions: new Map(),
      createdTime: this.#lastCreatedTime,
      modifiedTime: this.#lastCreatedTime,
      version: 1,
      isTrashed: false,
      contentRestrictions: [],
      revisions: [],
    };
  }
}

function newId(): string {
  return `1${randomBytes(24).toString('base64url')}`;
}
