import { parseArgs } from 'node:util';

export interface DemoArguments {
  /** Folder with PDF files to use as the contracts' documents; none: they are made up. */
  readonly documents: string | undefined;
  /** Where the folder destination puts the archive. */
  readonly directory: string | undefined;
}

export const usage = `Usage: npm run demo -- [--documents DIR] [--directory DIR]

  --documents DIR   use the PDF files in DIR as the contracts' documents
  --directory DIR   archive to DIR, which must be empty or not exist (default: archive-demo, emptied first)`;

/** Reads the command line. Throws an `Error` whose message is fit to be shown. */
export function readArguments(given: readonly string[]): DemoArguments {
  const { values } = parseArgs({
    // npm and pnpm hand on the -- that separates their own options from ours.
    args: given.filter((argument) => argument !== '--'),
    options: { documents: { type: 'string' }, directory: { type: 'string' } },
  });
  return { documents: values.documents, directory: values.directory };
}
