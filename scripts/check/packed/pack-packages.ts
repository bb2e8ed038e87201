import { globSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runQuietly } from '../../toolchain/run-quietly.mjs';
import type { PackageManifest } from './package-manifest.ts';

/** A package the way users get it. */
export interface PackedPackage {
  readonly name: string;
  /** Path of the tarball. */
  readonly tarball: string;
  /** Folder that holds what the tarball holds. */
  readonly folder: string;
  readonly manifest: PackageManifest;
}

/** Folder of packed packages below the repository. Git ignores it. */
const packedFolder = '.packed';

/** Packs every public package that is built, and unpacks the tarballs again, so that checks look at what users get. */
export async function packPackages(repository: string): Promise<PackedPackage[]> {
  const target = join(repository, packedFolder);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const folders = globSync('packages/*/package.json', { cwd: repository }).toSorted().map(dirname);
  const isPublic = (folder: string) => readManifest(join(repository, folder)).private !== true;
  return await Promise.all(folders.filter(isPublic).map((folder) => pack(join(repository, folder), { target })));
}

async function pack(source: string, { target }: { readonly target: string }): Promise<PackedPackage> {
  const folder = join(target, source.split(/[\\/]/).at(-1) ?? '');
  await runQuietly(['pnpm', 'pack', '--pack-destination', folder], { folder: source });
  const [tarball = ''] = readdirSync(folder);
  await runQuietly(['tar', '-xzf', tarball], { folder });
  const unpacked = join(folder, 'package');
  const manifest = readManifest(unpacked);
  return { name: manifest.name, tarball: join(folder, tarball), folder: unpacked, manifest };
}

function readManifest(folder: string): PackageManifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageManifest;
}
