import type { DestinationCapabilities } from '@spotdraft-archive/core/destination';
import { columnLimits, commonCapabilities, pathLengthBelow } from '@spotdraft-archive/microsoft-graph';

/**
 * Media types which SharePoint is known to rewrite: it writes the library's properties into the file.
 *
 * https://github.com/OneDrive/onedrive-api-docs/issues/935
 */
const alteredMediaTypes: readonly string[] = [
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/msword',
  'text/html',
];

/** What a document library can do. Sizes in pieces follow the option `pieceBytes`. */
const capabilities: DestinationCapabilities = {
  ...commonCapabilities,
  keyLookup: 'immediate',
  resumableFromBytes: 10 * 2 ** 20 + 1,
  altersMediaTypes: alteredMediaTypes,
  metadata: 'native',
  properties: columnLimits,
  sources: {
    ...commonCapabilities.sources,
    keyLookup: 'https://learn.microsoft.com/graph/api/listitem-list',
    altersMediaTypes: 'https://github.com/OneDrive/onedrive-api-docs/issues/935',
    metadata: 'https://learn.microsoft.com/graph/api/listitem-update',
    properties: 'https://learn.microsoft.com/graph/api/resources/textcolumn',
  },
};

/** The same for a folder so deep: site, library and folder count towards the 400 characters of a path. */
export function capabilitiesBelow(charactersAbove: number): DestinationCapabilities {
  const maxPathLength = pathLengthBelow(charactersAbove, 'sharepoint');
  const { naming } = capabilities;
  return { ...capabilities, naming: { ...naming, maxPathLength, maxNameLength: Math.min(naming.maxNameLength, maxPathLength) } };
}
