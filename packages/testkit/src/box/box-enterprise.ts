import { randomUUID } from 'node:crypto';
import type { EmulatorClock } from '../emulator/emulator-clock.ts';
import { StoredBytes } from '../emulator/stored-bytes.ts';
import { BoxAccounts, folderOwnerId, serviceAccountId } from './box-accounts.ts';
import type { BoxBehaviour } from './box-behaviour.ts';
import type { BoxFile, BoxFolder, MetadataTemplate, UploadSession } from './box-item.ts';
import { BoxRefusal } from './box-refusal.ts';
import type { BoxRole } from './box-role.ts';
import { FileContent } from './file-content.ts';
import type { ReceivedContent } from './receive-content.ts';

/** Where an item lies: names of the folders below some folder, and its own. */
export interface BoxPath {
  readonly folders: readonly string[];
  readonly name: string;
}

export interface NewFile extends ReceivedContent {
  readonly parentId: string;
  readonly name: string;
}

export interface BoxEnterpriseOptions {
  readonly clock: EmulatorClock;
  readonly behaviour: BoxBehaviour;
  readonly enterpriseId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Everything an emulated Box enterprise holds, and verbs for what people do to it. */
export class BoxEnterprise {
  readonly enterpriseId: string;
  readonly accounts: BoxAccounts;
  readonly folders: Map<string, BoxFolder> = new Map();
  readonly files: Map<string, BoxFile> = new Map();
  readonly sessions: Map<string, UploadSession> = new Map();
  /** By scope and key: `enterprise_1.contract`. */
  readonly templates: Map<string, MetadataTemplate> = new Map();
  /** Names for which an upload runs right now. */
  readonly reservedNames: Set<string> = new Set();
  /** A folder for tests that archive into one. A person owns it and has invited the app's service account as editor. */
  readonly archiveFolderId: string;
  readonly #clock: EmulatorClock;
  readonly #behaviour: BoxBehaviour;
  #nextId = 1_000;

  constructor(options: BoxEnterpriseOptions) {
    const { clock, behaviour, enterpriseId } = options;
    this.enterpriseId = enterpriseId;
    this.accounts = new BoxAccounts(options);
    this.#clock = clock;
    this.#behaviour = behaviour;
    this.folders.set('0', {
      type: 'folder',
      id: '0',
      name: 'All Files',
      parentId: undefined,
      etag: 0,
      createdAt: clock.now(),
      ownerId: undefined,
      collaborations: new Map(),
    });
    this.archiveFolderId = this.createFolder('0', 'Archive', folderOwnerId).id;
    this.invite(this.archiveFolderId, { role: 'editor' });
  }

  /** `enterprise_` and the id. */
  get scope(): string {
    return `enterprise_${this.enterpriseId}`;
  }

  newId(): string {
    this.#nextId += 1;
    return String(this.#nextId);
  }

  /** The item of that name in a folder, whatever its case. */
  childOf(parentId: string, name: string): BoxFile | BoxFolder | undefined {
    return this.childrenOf(parentId).find((item) => sameName(item.name, name));
  }

  childrenOf(parentId: string): (BoxFile | BoxFolder)[] {
    const folders = [...this.folders.values()].filter((folder) => folder.parentId === parentId);
    const files = [...this.files.values()].filter((file) => file.parentId === parentId && !file.isTrashed);
    return [...folders, ...files];
  }

  /** The folders from the root to the one given, which is the last. */
  ancestryOf(folderId: string): BoxFolder[] {
    const folder = this.folders.get(folderId);
    if (folder === undefined) return [];
    return [...(folder.parentId === undefined ? [] : this.ancestryOf(folder.parentId)), folder];
  }

  /** Whoever makes a folder at the top owns it. */
  createFolder(parentId: string, name: string, userId: string = serviceAccountId): BoxFolder {
    const folder: BoxFolder = {
      type: 'folder',
      id: this.newId(),
      name,
      parentId,
      etag: 0,
      createdAt: this.#clock.now(),
      ownerId: parentId === '0' ? userId : undefined,
      collaborations: new Map(),
    };
    this.folders.set(folder.id, folder);
    return folder;
  }

  createFile({ parentId, name, content, sha1 }: NewFile): BoxFile {
    this.checkQuota(content.size);
    const now = this.#clock.now();
    const file: BoxFile = {
      type: 'file',
      id: this.newId(),
      name,
      parentId,
      etag: 0,
      versionId: this.newId(),
      earlierVersions: [],
      content,
      sha1,
      createdAt: now,
      modifiedAt: now,
      metadata: new Map(),
      linkAccess: undefined,
      isLocked: false,
      isTrashed: false,
    };
    this.files.set(file.id, file);
    return file;
  }

  addVersion(file: BoxFile, { content, sha1 }: ReceivedContent): void {
    this.checkQuota(content.size);
    file.earlierVersions.push({ id: file.versionId, sha1: file.sha1 });
    file.content = content;
    file.sha1 = sha1;
    file.versionId = this.newId();
    file.etag += 1;
    file.modifiedAt = this.#clock.now();
  }

  checkQuota(size: number): void {
    if (size > this.#behaviour.maxFileBytes) throw new BoxRefusal(403, 'file_size_limit_exceeded');
    const used = [...this.files.values()].reduce((sum, file) => sum + file.content.size, 0);
    if (used + size > this.#behaviour.quotaBytes) throw new BoxRefusal(403, 'storage_limit_exceeded');
  }

  /** Puts a file there as a person would, folders included, without any metadata. */
  async writeFile(path: BoxPath, bytes: Uint8Array, belowFolderId: string = this.archiveFolderId): Promise<BoxFile> {
    const stored = new StoredBytes();
    await stored.append(new Uint8Array(bytes));
    const content = new FileContent([stored]);
    return this.createFile({
      parentId: this.ensureFolders(path.folders, belowFolderId),
      name: path.name,
      content,
      sha1: await content.sha1(),
    });
  }

  /** Moves and renames a file as a person would. */
  moveFile(id: string, path: BoxPath, belowFolderId: string = this.archiveFolderId): void {
    const file = this.#fileOf(id);
    file.parentId = this.ensureFolders(path.folders, belowFolderId);
    file.name = path.name;
    file.etag += 1;
  }

  /** Throws a file into the trash as a person would. */
  trashFile(id: string): void {
    this.#fileOf(id).isTrashed = true;
  }

  /** Removes a folder and everything below it. */
  removeFolder(id: string): void {
    for (const child of this.childrenOf(id)) {
      if (child.type === 'folder') this.removeFolder(child.id);
      else child.isTrashed = true;
    }
    this.folders.delete(id);
  }

  ensureFolders(names: readonly string[], belowFolderId: string): string {
    return names.reduce((parentId, name) => {
      const found = this.childOf(parentId, name);
      return found?.type === 'folder' ? found.id : this.createFolder(parentId, name).id;
    }, belowFolderId);
  }

  /** Every file below a folder that is not in the trash. */
  listPaths(belowFolderId: string = this.archiveFolderId): BoxPath[] {
    return [...this.files.values()].flatMap((file) => {
      const folders = this.#foldersBelow(belowFolderId, file.parentId);
      return file.isTrashed || folders === undefined ? [] : [{ folders, name: file.name }];
    });
  }

  /** Every folder below a folder. */
  listFolders(belowFolderId: string = this.archiveFolderId): (readonly string[])[] {
    return [...this.folders.values()].flatMap(({ id }) => {
      const folders = this.#foldersBelow(belowFolderId, id);
      return folders === undefined || folders.length === 0 ? [] : [folders];
    });
  }

  /** Lets every open upload session expire. */
  expireUploads(): void {
    this.sessions.clear();
  }

  newSession(session: Omit<UploadSession, 'id' | 'parts' | 'commits' | 'expiresAt' | 'partSize'>): UploadSession {
    const sevenDaysMs = 7 * 24 * 3_600_000;
    const opened: UploadSession = {
      ...session,
      id: randomUUID().replaceAll('-', '').toUpperCase(),
      partSize: this.#behaviour.partSizeBytes,
      expiresAt: this.#clock.now() + sevenDaysMs,
      parts: new Map(),
      commits: 0,
    };
    this.sessions.set(opened.id, opened);
    return opened;
  }

  /** Invites somebody to a folder as its owner would, or changes the role. @default the app's service account */
  invite(folderId: string, { userId = serviceAccountId, role }: { readonly userId?: string; readonly role: BoxRole }): void {
    this.#folderOf(folderId).collaborations.set(userId, role);
  }

  /** Takes an invitation back. @default the app's service account's */
  uninvite(folderId: string, userId: string = serviceAccountId): void {
    this.#folderOf(folderId).collaborations.delete(userId);
  }

  /** Id of the user who owns a folder. The root of all is everybody's own. */
  ownerOf(folderId: string): string | undefined {
    return this.ancestryOf(folderId).find(({ ownerId }) => ownerId !== undefined)?.ownerId;
  }

  /** What a user is in a folder, if anything: the invitation next to it counts. */
  roleIn(folderId: string, userId: string): BoxRole | undefined {
    const owner = this.ownerOf(folderId);
    if (folderId === '0' || owner === userId) return 'owner';
    return this.ancestryOf(folderId)
      .findLast(({ collaborations }) => collaborations.has(userId))
      ?.collaborations.get(userId);
  }

  async remove(): Promise<void> {
    const parts = [...this.sessions.values()].flatMap(({ parts: received }) => [...received.values()]);
    await Promise.all([...this.files.values(), ...parts].map(({ content }) => content.remove()));
  }

  #foldersBelow(belowFolderId: string, folderId: string): string[] | undefined {
    const ancestry = this.ancestryOf(folderId);
    const index = ancestry.findIndex(({ id }) => id === belowFolderId);
    return index === -1 ? undefined : ancestry.slice(index + 1).map(({ name }) => name);
  }

  #folderOf(id: string): BoxFolder {
    const folder = this.folders.get(id);
    if (folder === undefined) throw new RangeError(`There is no folder ${id}.`);
    return folder;
  }

  #fileOf(id: string): BoxFile {
    const file = this.files.get(id);
    if (file === undefined) throw new RangeError(`There is no file ${id}.`);
    return file;
  }
}

function sameName(first: string, second: string): boolean {
  return first.normalize('NFC').toLowerCase() === second.normalize('NFC').toLowerCase();
}
