// Read by pnpm. The only hook runs when a package is packed or published.

const sourceCondition = '@spotdraft-archive/source';

export const hooks = {
  /**
   * Takes out of a published package.json what holds only in this repository: the condition that leads to TypeScript sources, which are
   * not in the package, and the commands and tools that build it.
   *
   * @param {{ exports?: Record<string, unknown>, scripts?: unknown, devDependencies?: unknown }} manifest
   */
  beforePacking(manifest) {
    delete manifest.scripts;
    delete manifest.devDependencies;
    for (const targets of Object.values(manifest.exports ?? {})) {
      if (typeof targets === 'object' && targets !== null) Reflect.deleteProperty(targets, sourceCondition);
    }
    return manifest;
  },
};
