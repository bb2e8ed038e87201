import { defineConfig } from 'vitest/config';

/** Tests run on the packages' TypeScript source, so no build comes first. */
const sourceCondition = '@spotdraft-archive/source';

export default defineConfig({
  resolve: { conditions: [sourceCondition] },
  ssr: { resolve: { conditions: [sourceCondition], externalConditions: [sourceCondition] } },
  test: {
    projects: ['packages/*', 'examples/*'],
  },
});
