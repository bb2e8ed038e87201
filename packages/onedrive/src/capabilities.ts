import type { DestinationCapabilities } from '@spotdraft-archive/core/destination';
import { columnLimits, commonCapabilities, pathLengthBelow, sidecarEnding } from '@spotdraft-archive/microsoft-graph';

const resumableFromBytes = 10 * 2 ** 20 + 1;

/** What the drive of a work account can do. No rewriting of files was seen there. Sizes in pieces follow the option `pieceBytes`. */
const workCapabilities: DestinationCapabilities = {
  ...commonCapabilities,
  keyLookup: 'immediate',
  resumableFromBytes,
  altersMediaTypes: [],
  metadata: 'native',
  properties: columnLimits,
  sources: {
    ...commonCapabilities.sources,
    keyLookup: 'https://learn.microsoft.com/graph/api/listitem-list',
    metadata: 'https://learn.microsoft.com/graph/api/listitem-update',
    properties: 'https://learn.microsoft.com/graph/api/resources/textcolumn',
  },
};

/** What the drive of a personal account can do: no columns, so the key is read at the path, out of a file beside the document. */
const personalCapabilities: DestinationCapabilities = {
  ...commonCapabilities,
  keyLookup: 'path-only',
  resumableFromBytes,
  altersMediaTypes: [],
  metadata: 'sidecar',
  properties: { maxCount: 100, maxValueBytes: 8_192 },
  sources: { ...commonCapabilities.sources, keyLookup: 'https://learn.microsoft.com/graph/api/driveitem-get' },
};

/** The same for a folder so deep. A sidecar's name is longer than its document's, and has to fit as well. */
export function capabilitiesBelow(account: 'work' | 'personal', charactersAbove: number): DestinationCapabilities {
  const capabilities = account === 'work' ? workCapabilities : personalCapabilities;
  const spare = account === 'work' ? 0 : sidecarEnding.length;
  const maxPathLength = pathLengthBelow(charactersAbove, 'onedrive') - spare;
  const { naming } = capabilities;
  return { ...capabilities, naming: { ...naming, maxPathLength, maxNameLength: Math.min(naming.maxNameLength - spare, maxPathLength) } };
}
