import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ArchiveError, type CheckFinding, type CheckReport } from '@spotdraft-archive/core/destination';
import { type Archive, findArchive } from './archive.ts';
import { translate } from './errors.ts';
import { type FileSystem, unless, withFile } from './file-system.ts';
import { ownName } from './index-layout.ts';
import type { FilesystemSettings } from './options.ts';
import { hasNoLinks } from './publish.ts';

const leastFreeBytes = 2 ** 30;

/** Looks at the directory, the right to write, hard links and free space. Leaves nothing behind. */
export async function checkDirectory(settings: FilesystemSettings, fileSystem: FileSystem): Promise<CheckReport> {
  let archive: Archive | undefined;
  try {
    archive = await findArchive(settings, fileSystem);
  } catch (error) {
    return reportOf([notInOrder('directory', error)]);
  }
  if (!archive) return reportOf([{ subject: 'directory', ok: true, message: 'It does not exist yet. The first put creates it.' }]);
  const directory: CheckFinding = { subject: 'directory', ok: true, message: `The archive lies in ${archive.root}.` };
  return reportOf([directory, ...(await checkWriting(archive)), await checkFreeSpace(archive)]);
}

async function checkWriting(archive: Archive): Promise<CheckFinding[]> {
  const { root, fileSystem } = archive;
  const probe = join(root, `${ownName}-check-${randomBytes(8).toString('hex')}`);
  try {
    await withFile(await fileSystem.open(probe, 'create'), (file) => file.sync());
    const links = await checkLinks(probe, fileSystem);
    return [{ subject: 'permission to write', ok: true, message: 'Files can be created and removed.' }, links];
  } catch (error) {
    return [notInOrder('permission to write', error)];
  } finally {
    for (const file of [probe, `${probe}-link`]) await unless(['ENOENT'], fileSystem.remove(file)).catch(() => {});
  }
}

async function checkLinks(probe: string, fileSystem: FileSystem): Promise<CheckFinding> {
  try {
    await fileSystem.link(probe, `${probe}-link`);
    return { subject: 'hard links', ok: true, message: 'Files get their names all at once and never overwrite each other.' };
  } catch (error) {
    if (!hasNoLinks(error)) throw error;
    const message = 'There are none: a name is taken by an empty file for a moment before the document has it.';
    return { subject: 'hard links', ok: true, message };
  }
}

async function checkFreeSpace({ root, fileSystem }: Archive): Promise<CheckFinding> {
  try {
    const freeBytes = await fileSystem.freeBytes(root);
    const message = `${(freeBytes / 2 ** 30).toFixed(1)} GiB are free.`;
    if (freeBytes >= leastFreeBytes) return { subject: 'free space', ok: true, message };
    return { subject: 'free space', ok: false, message, hint: 'Free some space or enlarge the disk: less than 1 GiB is left.' };
  } catch (error) {
    return notInOrder('free space', error);
  }
}

function notInOrder(subject: string, error: unknown): CheckFinding {
  const translated = translate(error);
  if (!ArchiveError.isInstance(translated)) throw error;
  return { subject, ok: false, message: translated.message, hint: translated.hint };
}

function reportOf(findings: readonly CheckFinding[]): CheckReport {
  return { ok: findings.every((finding) => finding.ok), findings };
}
