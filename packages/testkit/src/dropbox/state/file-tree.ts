import { randomBytes } from 'node:crypto';
import type { EmulatorClock, StoredBytes } from '../../emulator/index.ts';
import { routeError, type Tagged, tags } from '../dropbox-refusal.ts';
import { checkWritablePath, foldCase, nameOf, parentOf } from './dropbox-path.ts';
import type { Commit, FileNode, FolderNode, PropertyGroup, TreeNode } from './file-node.ts';

export interface FileTreeOptions {
  readonly clock: EmulatorClock;
  readonly quotaBytes: number;
}

export interface ReceivedBytes {
  readonly bytes: StoredBytes;
  readonly contentHash: string;
}

/** The files and folders of one namespace. Everything that changes it is one synchronous step. */
export class FileTree {
  readonly #options: FileTreeOptions;
  readonly #nodes = new Map<string, TreeNode>();
  readonly #deleted: FileNode[] = [];
  #revisions = 0;

  constructor(options: FileTreeOptions) {
    this.#options = options;
  }

  /** Files and folders, in the order in which they were made. */
  get nodes(): readonly TreeNode[] {
    return [...this.#nodes.values()];
  }

  get files(): readonly FileNode[] {
    return this.nodes.filter((node) => node.kind === 'file');
  }

  /** Deleted files, which the search for properties still shows. */
  get deleted(): readonly FileNode[] {
    return this.#deleted;
  }

  get usedBytes(): number {
    return this.files.reduce((sum, file) => sum + file.bytes.size, 0);
  }

  /** By path or by `id:…`. */
  find(path: string): TreeNode | undefined {
    if (path.startsWith('id:')) return this.nodes.find((node) => node.id === path);
    return this.#nodes.get(foldCase(path));
  }

  /** Writes a file, or lets the one that is there be when it is the same. Refuses what Dropbox refuses. */
  commit(commit: Commit, received: ReceivedBytes, wrap: (error: Tagged) => Tagged): FileNode {
    const path = commit.path.startsWith('id:') ? (this.find(commit.path)?.path ?? commit.path) : commit.path;
    checkWritablePath(path, wrap);
    const existing = this.find(path);
    if (existing === undefined) return this.#create(path, { commit, received, wrap });
    if (existing.kind === 'folder') return this.#renameOrRefuse('folder', { path, commit, received, wrap });
    if (!mayWriteOver(existing, commit)) {
      const isSame = existing.contentHash === received.contentHash;
      if (isSame && !commit.strictConflict) return existing;
      return this.#renameOrRefuse('file', { path, commit, received, wrap });
    }
    return this.#writeOver(existing, { commit, received, wrap });
  }

  createFolder(path: string, wrap: (error: Tagged) => Tagged): FolderNode {
    checkWritablePath(path, wrap);
    const existing = this.find(path);
    if (existing !== undefined) throw routeError(wrap(tags('conflict', existing.kind)));
    return this.#makeFolder(path, wrap);
  }

  move(node: TreeNode, path: string, wrap: (error: Tagged) => Tagged): void {
    checkWritablePath(path, wrap);
    const existing = this.find(path);
    if (existing !== undefined && existing !== node) throw routeError(wrap(tags('conflict', existing.kind)));
    const parent = this.#makeParents(path, wrap);
    for (const each of this.#under(node)) {
      this.#nodes.delete(foldCase(each.path));
      each.path = `${parent}/${nameOf(path)}${each.path.slice(node.path.length)}`;
      this.#nodes.set(foldCase(each.path), each);
    }
  }

  remove(node: TreeNode): void {
    for (const each of this.#under(node)) {
      this.#nodes.delete(foldCase(each.path));
      if (each.kind !== 'file') continue;
      each.isDeleted = true;
      this.#deleted.push(each);
    }
  }

  setGroups(file: FileNode, groups: readonly PropertyGroup[]): void {
    file.groups = groups;
    file.groupsChangedAt = this.#options.clock.now();
  }

  /** Gives temporary files back. */
  async cleanUp(): Promise<void> {
    await Promise.all([...this.files, ...this.#deleted].map((file) => file.bytes.remove()));
  }

  #under(node: TreeNode): TreeNode[] {
    const folded = foldCase(node.path);
    return this.nodes.filter((each) => each === node || foldCase(each.path).startsWith(`${folded}/`));
  }

  #create(path: string, { commit, received, wrap }: Write): FileNode {
    this.#checkQuota(received, wrap);
    const parent = this.#makeParents(path, wrap);
    const now = this.#options.clock.now();
    const file: FileNode = {
      kind: 'file',
      id: newId(),
      path: `${parent}/${nameOf(path)}`,
      rev: this.#nextRevision(),
      ...received,
      clientModified: commit.clientModified ?? new Date(now),
      serverModified: new Date(now),
      groups: commit.groups,
      groupsChangedAt: now,
      isDeleted: false,
    };
    this.#nodes.set(foldCase(path), file);
    return file;
  }

  #writeOver(existing: FileNode, { commit, received, wrap }: Write): FileNode {
    if (existing.contentHash === received.contentHash) return existing;
    this.#checkQuota(received, wrap);
    const now = this.#options.clock.now();
    Object.assign(existing, received, {
      rev: this.#nextRevision(),
      clientModified: commit.clientModified ?? new Date(now),
      serverModified: new Date(now),
    });
    const others = existing.groups.filter((group) => commit.groups.every((each) => each.template_id !== group.template_id));
    if (commit.groups.length > 0) this.setGroups(existing, [...others, ...commit.groups]);
    return existing;
  }

  #renameOrRefuse(kind: 'file' | 'folder', { path, ...write }: Write & { readonly path: string }): FileNode {
    if (!write.commit.autorename) throw routeError(write.wrap(tags('conflict', kind)));
    const dot = nameOf(path).lastIndexOf('.');
    const stem = dot > 0 ? path.slice(0, path.length - nameOf(path).length + dot) : path;
    for (let copy = 1; ; copy += 1) {
      const renamed = `${stem} (${copy})${path.slice(stem.length)}`;
      if (this.find(renamed) === undefined) return this.#create(renamed, write);
    }
  }

  /** Makes the folders above a path and answers the path of the last one as it is written. */
  #makeParents(path: string, wrap: (error: Tagged) => Tagged): string {
    const parent = parentOf(path);
    if (parent === '') return '';
    const existing = this.find(parent);
    if (existing?.kind === 'file') throw routeError(wrap(tags('conflict', 'file_ancestor')));
    return (existing ?? this.#makeFolder(parent, wrap)).path;
  }

  #makeFolder(path: string, wrap: (error: Tagged) => Tagged): FolderNode {
    const parent = this.#makeParents(path, wrap);
    const folder: FolderNode = { kind: 'folder', id: newId(), path: `${parent}/${nameOf(path)}` };
    this.#nodes.set(foldCase(path), folder);
    return folder;
  }

  #checkQuota({ bytes }: ReceivedBytes, wrap: (error: Tagged) => Tagged): void {
    if (this.usedBytes + bytes.size > this.#options.quotaBytes) throw routeError(wrap(tags('insufficient_space')));
  }

  #nextRevision(): string {
    this.#revisions += 1;
    return `5f${this.#revisions.toString(16).padStart(13, '0')}`;
  }
}

interface Write {
  readonly commit: Commit;
  readonly received: ReceivedBytes;
  readonly wrap: (error: Tagged) => Tagged;
}

function mayWriteOver(existing: FileNode, { mode }: Commit): boolean {
  return mode['.tag'] === 'overwrite' || (mode['.tag'] === 'update' && mode.update === existing.rev);
}

function newId(): string {
  return `id:${randomBytes(15).toString('base64url')}AA`;
}
