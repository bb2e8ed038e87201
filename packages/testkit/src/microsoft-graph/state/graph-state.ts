import { randomUUID } from 'node:crypto';
import type { EmulatorClock } from '../../emulator/index.ts';
import { CopyMonitors } from './copy-monitors.ts';
import { type DriveType, EmulatedDrive } from './emulated-drive.ts';
import { foldName } from './item-names.ts';
import { UploadSessions } from './upload-sessions.ts';

export interface EmulatedSite {
  readonly id: string;
  readonly host: string;
  /** Such as `/sites/legal`; empty for the root site. */
  readonly path: string;
  readonly name: string;
}

/** Everything that the emulated tenant, and the consumers' cloud beside it, hold. */
export class GraphState {
  readonly sites: EmulatedSite[] = [];
  readonly drives: EmulatedDrive[] = [];
  readonly sessions: UploadSessions;
  readonly copies: CopyMonitors = new CopyMonitors();
  readonly #clock: EmulatorClock;

  constructor(clock: EmulatorClock) {
    this.#clock = clock;
    this.sessions = new UploadSessions(() => clock.now());
  }

  /** Adds a site with its first library, `Documents`, which lies at `Shared Documents`. */
  addSite(url: string): EmulatedSite {
    const { host, pathname } = new URL(url);
    const path = pathname.replace(/\/$/, '');
    const site = { id: `${host},${randomUUID()},${randomUUID()}`, host, path, name: path.split('/').at(-1) ?? host };
    this.sites.push(site);
    this.addLibrary(site, 'Documents', 'Shared Documents');
    return site;
  }

  addLibrary({ id, host, path }: EmulatedSite, name: string, nameInAddress: string = name): EmulatedDrive {
    const webUrl = `https://${host}${path}/${encodeURIComponent(nameInAddress)}`;
    return this.#addDrive({ id: `b!${compactId()}`, name, driveType: 'documentLibrary', siteId: id, webUrl });
  }

  addWorkDrive(owner: string): EmulatedDrive {
    const webUrl = `https://contoso-my.sharepoint.com/personal/${owner.replaceAll(/\W/g, '_')}/Documents`;
    return this.#addDrive({ id: `b!${compactId()}`, name: 'OneDrive', driveType: 'business', owner, webUrl });
  }

  addPersonalDrive(owner: string): EmulatedDrive {
    return this.#addDrive({
      id: compactId().slice(0, 16),
      name: 'OneDrive',
      driveType: 'personal',
      owner,
      webUrl: 'https://onedrive.live.com',
    });
  }

  drive(id: string): EmulatedDrive | undefined {
    return this.drives.find((drive) => drive.id.toLowerCase() === id.toLowerCase());
  }

  /** The first library of a site is its default one. */
  librariesOf(site: EmulatedSite): readonly EmulatedDrive[] {
    return this.drives.filter(({ siteId }) => siteId === site.id);
  }

  driveOf(owner: string): EmulatedDrive | undefined {
    return this.drives.find((drive) => drive.owner !== undefined && foldName(drive.owner) === foldName(owner));
  }

  async clear(): Promise<void> {
    await this.sessions.expire();
    for (const { items } of this.drives) for (const { content } of items) await content?.bytes.remove();
  }

  #addDrive(drive: { id: string; name: string; driveType: DriveType; siteId?: string; owner?: string; webUrl: string }): EmulatedDrive {
    const added = new EmulatedDrive(drive, this.#clock);
    this.drives.push(added);
    return added;
  }
}

function compactId(): string {
  return randomUUID().replaceAll('-', '').toUpperCase();
}
