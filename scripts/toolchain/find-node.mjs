import { dirname, join } from 'node:path';
import { isNodeNewEnough } from './acceptable-versions.mjs';
import { installTool } from './install-tool.mjs';
import { nodePackageName } from './node-package-name.mjs';

/** The Node that is fetched when the machine's own is too old. */
const pinnedNode = '24.21.0';

/**
 * The folder of a Node that is new enough: the one that runs this script, or else a fetched one.
 *
 * @param {string} repository
 * @returns {Promise<string>}
 */
export async function findNode(repository) {
  return isNodeNewEnough(process.versions.node) ? dirname(process.execPath) : await fetchNode(pinnedNode, { repository });
}

/**
 * The folder of the Node of one exact version, fetched from the npm registry unless it was before.
 *
 * @param {string} version
 * @param {{ readonly repository: string }} options
 * @returns {Promise<string>}
 */
export async function fetchNode(version, { repository }) {
  const name = nodePackageName(process.platform, process.arch);
  const folder = await installTool({ name, version, program: join('node_modules', name, 'bin', 'node') }, { repository });
  return join(folder, 'node_modules', name, 'bin');
}
