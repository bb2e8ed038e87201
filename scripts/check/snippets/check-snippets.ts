import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runQuietly } from '../../toolchain/run-quietly.mjs';
import { type ExtractedSnippets, extractSnippets, type Snippet } from './extract-snippets.ts';

const pages = ['README.md', 'docs/**/*.md', 'packages/*/README.md', 'examples/*/README.md'];

/**
 * Compiles every snippet of the documentation against the packages, each as a program of its own with what `docs/package.json` lists at hand.
 *
 * Throws an error that names file and line of the Markdown.
 */
export async function checkSnippets(repository: string): Promise<string> {
  const extracted = globSync(pages, { cwd: repository, exclude: (path) => path.includes('node_modules') })
    .toSorted()
    .map((file) => extractSnippets(readFileSync(join(repository, file), 'utf8'), { file }));
  const snippets = extracted.flatMap((page) => page.snippets);
  // Below docs/, so that imports find what docs/package.json lists.
  const project = join(repository, 'docs', '.snippets');
  writeProject(project, snippets);
  const findings = [...problemsOf(extracted), ...(await compile(project))];
  if (findings.length > 0) throw new Error(findings.join('\n'));
  return `${snippets.length} snippets`;
}

function problemsOf(extracted: readonly ExtractedSnippets[]): string[] {
  return extracted.flatMap((page) => page.problems);
}

function writeProject(project: string, snippets: readonly Snippet[]): void {
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../tsconfig.base.json',
      compilerOptions: {
        noEmit: true,
        allowJs: true,
        checkJs: true,
        moduleDetection: 'force',
        noUnusedLocals: false,
        noUnusedParameters: false,
      },
      include: ['**/*'],
    }),
  );
  for (const { file, line, extension, code } of snippets) {
    const path = join(project, `${file}.${line}.${extension}`);
    mkdirSync(dirname(path), { recursive: true });
    // The code keeps the line numbers that it has in the page, so that the compiler names those.
    writeFileSync(path, `${'\n'.repeat(line - 1)}${code}\n`);
  }
}

async function compile(project: string): Promise<string[]> {
  try {
    await runQuietly(['tsc', '--pretty', 'false', '-p', 'tsconfig.json'], { folder: project });
    return [];
  } catch (error) {
    return snippetErrors(error instanceof Error ? error.message : String(error));
  }
}

/**
 * The compiler's findings with file and line of the Markdown: `docs/layouts.md:12:5 TS2304: ...`. Findings in the packages' own sources are
 * left out, because the check of types tells those.
 */
export function snippetErrors(compilerOutput: string): string[] {
  const lines = compilerOutput.split('\n').filter((line) => line.trim() !== '');
  const found = lines.filter((line) => /\berror TS\d+/.test(line) && !line.startsWith('..'));
  const named = found.map((line) => line.replace(/^(.+\.md)\.\d+\.\w+\((\d+),(\d+)\): error /, '$1:$2:$3 '));
  const isOnlySources = lines.some((line) => line.startsWith('..'));
  return named.length > 0 || isOnlySources ? named : lines;
}
