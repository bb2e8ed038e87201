import { parseArgs } from 'node:util';

export interface DemoArguments {
  /** Folder with PDF files to use as the contracts' documents; none: they are made up. */
  readonly documents: string | undefined;
  /** Where the folder destination puts the archive. */
  readonly directory: string | undefined;
  /** Names of the places to archive to. */
  readonly destinations: readonly string[];
}

export function usage(storeNames: readonly string[]): string {
  return `Usage: npm run demo -- [--destinations NAMES] [--documents DIR] [--directory DIR]

  --destinations NAMES  where to archive to, separated by commas, or "all": ${storeNames.join(', ')} (default: folder);
                        all but the folder are emulated on this machine
  --documents DIR       use the PDF files in DIR as the contracts' documents
  --directory DIR       where the folder lies: DIR must be empty or not exist (default: archive-demo, emptied first)`;
}

/** Reads the command line. Throws an `Error` whose message is fit to be shown. */
export function readArguments(given: readonly string[], storeNames: readonly string[]): DemoArguments {
  const { values } = parseArgs({
    // npm and pnpm hand on the -- that separates their own options from ours.
    args: given.filter((argument) => argument !== '--'),
    options: {
      documents: { type: 'string' },
      directory: { type: 'string' },
      destinations: { type: 'string', default: 'folder' },
    },
  });
  const names = values.destinations === 'all' ? storeNames : values.destinations.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !storeNames.includes(name));
  if (unknown !== undefined) throw new Error(`There is no destination "${unknown}". There are: ${storeNames.join(', ')}.`);
  return { documents: values.documents, directory: values.directory, destinations: [...new Set(names)] };
}
