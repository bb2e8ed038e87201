/**
 * Whether this Node runs TypeScript files without a flag: 22.18 and later in line 22, 23.6 and later above.
 *
 * https://nodejs.org/api/typescript.html
 *
 * @param {string} version as `process.versions.node` has it: `22.18.0`
 * @returns {boolean}
 */
export function isNodeNewEnough(version) {
  const [major, minor] = numbersOf(version);
  return (major === 22 && minor >= 18) || (major === 23 && minor >= 6) || major >= 24;
}

/**
 * Whether this pnpm reads and writes our lockfile: of the pinned major version and not older than the pinned one.
 *
 * @param {string} version as `pnpm --version` prints it
 * @param {string} pinned
 * @returns {boolean}
 */
export function isPnpmNewEnough(version, pinned) {
  const [major, minor, patch] = numbersOf(version);
  const [pinnedMajor, pinnedMinor, pinnedPatch] = numbersOf(pinned);
  if (major !== pinnedMajor) return false;
  return minor > pinnedMinor || (minor === pinnedMinor && patch >= pinnedPatch);
}

/**
 * @param {string} version
 * @returns {[number, number, number]} NaN, which compares as false, for what is not a version
 */
function numbersOf(version) {
  const [major = NaN, minor = NaN, patch = NaN] = version.split('-')[0]?.split('.').map(Number) ?? [];
  return [major, minor, patch];
}
