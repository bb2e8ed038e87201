import type { DestinationCapabilities } from '@spotdraft-archive/core/destination';
import type { Store } from './stores.ts';

const keyLookups: Record<DestinationCapabilities['keyLookup'], string> = {
  immediate: 'at once',
  eventual: 'after its index has caught up',
  'path-only': 'with its path',
};

/** The table of stores in Markdown, made of what the adapters declare. */
export function storesTable(stores: readonly Store[]): string {
  const head = ['Store', 'Requests', 'Largest file', 'Resumes uploads from', 'Verified by', 'Found by key', 'Key and metadata', 'Set-up'];
  const rows = stores.map(({ name, package: folder, destination, requests, setUp }) => {
    const { capabilities } = destination;
    return [
      `[${name}](packages/${folder}/README.md)`,
      requests,
      bytesText(capabilities.maxBytes),
      capabilities.resumableFromBytes === false ? 'not needed' : bytesText(capabilities.resumableFromBytes),
      capabilities.hash.algorithm,
      keyLookups[capabilities.keyLookup],
      capabilities.metadata === 'native' ? 'in the store' : 'in a file beside it',
      setUp,
    ];
  });
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** power).toPrecision(2)).toLocaleString('en')} ${units[power]}`;
}
