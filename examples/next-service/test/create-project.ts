import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';

const example = join(import.meta.dirname, '..');
const packages = join(example, '..', '..', 'packages');
const source = '@spotdraft-archive/source';

interface Manifest {
  readonly exports: Readonly<Record<string, Record<string, string>>>;
}

/**
 * The example as a user has it: a project of its own, in whose node_modules our packages lie built. Next bundles packages that are linked in
 * a workspace, whatever `serverExternalPackages` says, and would never show whether they can be loaded as they are.
 */
export async function createProject(): Promise<string> {
  // In the repository, because Next's compiler follows no link that leads out of it.
  const project = await mkdtemp(join(example, '.project-'));
  onTestFinished(() => rm(project, { recursive: true, force: true }));
  for (const file of ['src', 'package.json', 'tsconfig.json']) {
    await cp(join(example, file), join(project, file), { recursive: true });
  }
  // The packages that lie here have no declarations; the types of the example are checked with those of the repository.
  await cp(join(example, 'next.config.mjs'), join(project, 'example.config.mjs'));
  const config = "import config from './example.config.mjs';\nexport default { ...config, typescript: { ignoreBuildErrors: true } };\n";
  await writeFile(join(project, 'next.config.mjs'), config);
  await linkDependencies(example, project);
  for (const name of ['core', 'filesystem', 'service']) await install(name, project);
  return project;
}

async function install(name: string, project: string): Promise<void> {
  const from = join(packages, name);
  const to = join(project, 'node_modules', '@spotdraft-archive', name);
  const manifest = JSON.parse(await readFile(join(from, 'package.json'), 'utf8')) as Manifest;
  const entries = Object.values(manifest.exports).map((targets) => targets[source] ?? '');
  await build({
    absWorkingDir: from,
    entryPoints: entries,
    outbase: 'src',
    outdir: join(to, 'dist'),
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node22',
  });
  for (const targets of Object.values(manifest.exports)) Reflect.deleteProperty(targets, source);
  await writeFile(join(to, 'package.json'), JSON.stringify(manifest));
  await linkDependencies(from, to);
}

/** Links what a package has installed, but for our own packages: they are looked for further up, in the project. */
async function linkDependencies(from: string, to: string): Promise<void> {
  const folders = (await readdir(join(from, 'node_modules'))).filter(
    (name) => !name.startsWith('.') && !name.startsWith('@spotdraft-archive'),
  );
  await mkdir(join(to, 'node_modules'), { recursive: true });
  for (const folder of folders) await symlink(await realpath(join(from, 'node_modules', folder)), join(to, 'node_modules', folder));
}
