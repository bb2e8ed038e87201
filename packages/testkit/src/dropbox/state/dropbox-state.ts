import type { EmulatorClock } from '../../emulator/index.ts';
import { StoredBytes } from '../../emulator/index.ts';
import { ContentHash } from '../content-hash.ts';
import type { DropboxBehaviour } from '../dropbox-behaviour.ts';
import { BatchJobs } from './batch-jobs.ts';
import { DropboxApp } from './dropbox-app.ts';
import type { FileNode } from './file-node.ts';
import { FileTree } from './file-tree.ts';
import { PropertyTemplates } from './property-templates.ts';
import { UploadSessions } from './upload-sessions.ts';

/** The namespace in which a user's own files lie. */
export const homeNamespace = '1001';
/** The namespace of a team's shared space, where the account belongs to a team. */
export const teamNamespace = '2001';

export interface SharedLink {
  readonly url: string;
  readonly fileId: string;
  readonly audience: string;
}

/** Everything one emulated account holds, and verbs for what people do to it. */
export class DropboxState {
  readonly app: DropboxApp;
  readonly sessions: UploadSessions;
  readonly batchJobs: BatchJobs = new BatchJobs();
  readonly userTemplates: PropertyTemplates = new PropertyTemplates();
  readonly teamTemplates: PropertyTemplates = new PropertyTemplates();
  readonly links: SharedLink[] = [];
  readonly #trees: ReadonlyMap<string, FileTree>;
  readonly #behaviour: DropboxBehaviour;
  readonly #clock: EmulatorClock;

  constructor(clock: EmulatorClock, behaviour: DropboxBehaviour) {
    this.#clock = clock;
    this.#behaviour = behaviour;
    this.app = new DropboxApp(clock, behaviour);
    this.sessions = new UploadSessions({ clock, finishedSession: behaviour.finishedSession });
    const namespaces = behaviour.teamMembers.length > 0 ? [homeNamespace, teamNamespace] : [homeNamespace];
    this.#trees = new Map(namespaces.map((id) => [id, new FileTree({ clock, quotaBytes: behaviour.quotaBytes })]));
  }

  /** True when the account belongs to a team. */
  get isTeam(): boolean {
    return this.#behaviour.teamMembers.length > 0;
  }

  /** The namespace that `root_info` names. */
  get rootNamespace(): string {
    return this.isTeam ? teamNamespace : homeNamespace;
  }

  /** The files of a namespace. */
  tree(namespace: string = homeNamespace): FileTree {
    const tree = this.#trees.get(namespace);
    if (tree === undefined) throw new RangeError(`There is no namespace ${namespace}.`);
    return tree;
  }

  hasNamespace(namespace: string): boolean {
    return this.#trees.has(namespace);
  }

  /** The templates that the app sees: those of the user and those of the team. */
  templatesFor(id: string): PropertyTemplates {
    return this.teamTemplates.get(id) === undefined ? this.userTemplates : this.teamTemplates;
  }

  /** Writes a file as a person would with the desktop app. */
  async writeFile(path: string, bytes: Uint8Array, namespace: string = homeNamespace): Promise<FileNode> {
    const stored = new StoredBytes();
    const hash = new ContentHash();
    hash.update(bytes);
    await stored.append(new Uint8Array(bytes));
    const commit = {
      path,
      mode: { '.tag': 'overwrite' },
      autorename: false,
      strictConflict: false,
      clientModified: undefined,
      groups: [],
    };
    return this.tree(namespace).commit(commit, { bytes: stored, contentHash: hash.digest() }, (error) => error);
  }

  /** Moves a file or folder as a person would. */
  move(pathOrId: string, path: string, namespace: string = homeNamespace): void {
    const node = this.tree(namespace).find(pathOrId);
    if (node === undefined) throw new RangeError(`Nothing lies at ${pathOrId}.`);
    this.tree(namespace).move(node, path, (error) => error);
  }

  /** Deletes a file or folder as a person would. */
  remove(pathOrId: string, namespace: string = homeNamespace): void {
    const node = this.tree(namespace).find(pathOrId);
    if (node === undefined) throw new RangeError(`Nothing lies at ${pathOrId}.`);
    this.tree(namespace).remove(node);
  }

  /** Deletes a property template, and with it the properties that files have of it. */
  removeTemplate(id: string): void {
    this.templatesFor(id).remove(id);
    for (const tree of this.#trees.values())
      for (const file of tree.files)
        tree.setGroups(
          file,
          file.groups.filter((group) => group.template_id !== id),
        );
  }

  /** Lets the index of properties catch up. */
  settle(): void {
    this.#clock.advance(this.#behaviour.searchLagMs);
  }

  /** Gives temporary files back. */
  async cleanUp(): Promise<void> {
    await this.sessions.cleanUp();
    for (const tree of this.#trees.values()) await tree.cleanUp();
  }
}
