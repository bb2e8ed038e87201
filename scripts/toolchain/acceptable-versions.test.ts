import { describe, expect, it } from 'vitest';
import { isNodeNewEnough, isPnpmNewEnough } from './acceptable-versions.mjs';

describe('isNodeNewEnough', () => {
  it.each(['22.18.0', '22.23.3', '23.6.0', '24.0.0', '26.10.0', '27.0.0-nightly20261101'])('takes %s', (version) => {
    expect(isNodeNewEnough(version)).toBe(true);
  });

  it.each(['18.20.8', '20.20.2', '21.7.3', '22.13.0', '22.17.9', '23.5.0', ''])(
    'refuses "%s", which does not run TypeScript unasked',
    (version) => {
      expect(isNodeNewEnough(version)).toBe(false);
    },
  );
});

describe('isPnpmNewEnough', () => {
  it.each(['12.21.0', '12.21.1', '12.22.0'])('takes %s for a pinned 12.21.0', (version) => {
    expect(isPnpmNewEnough(version, '12.21.0')).toBe(true);
  });

  it.each(['9.15.0', '12.20.9', '13.0.0', '', 'command not found'])('refuses "%s" for a pinned 12.21.0', (version) => {
    expect(isPnpmNewEnough(version, '12.21.0')).toBe(false);
  });
});
