import { globSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** Tests run on the packages' TypeScript source, so no build comes first. */
const sourceCondition = '@spotdraft-archive/source';

export default defineConfig({
  resolve: { conditions: [sourceCondition] },
  ssr: { resolve: { conditions: [sourceCondition], externalConditions: [sourceCondition] } },
  test: {
    // A project takes nothing over from here unless it says `extends`.
    projects: globSync(['packages/*', 'examples/*']).map((root) => ({ extends: true, root, test: { name: root } })),
  },
});
