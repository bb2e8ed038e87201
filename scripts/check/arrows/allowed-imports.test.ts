import { describe, expect, it } from 'vitest';
import { refusal } from './allowed-imports.ts';

const source = (folder: string) => ({ folder, isTest: false });
const test = (folder: string) => ({ folder, isTest: true });

describe('refusal', () => {
  it.each([
    ['box', '@spotdraft-archive/core/destination'],
    ['sharepoint', '@spotdraft-archive/microsoft-graph'],
    ['onedrive', '@spotdraft-archive/microsoft-graph/upload'],
    ['service', '@spotdraft-archive/core'],
    ['testkit', '@spotdraft-archive/core/destination'],
    ['cli', '@spotdraft-archive/box'],
    ['core', 'zod'],
    ['core', './errors/archive-error.ts'],
    ['core', 'node:fs'],
  ])('lets %s import %s', (folder, specifier) => {
    expect(refusal(specifier, source(folder))).toBeUndefined();
  });

  it.each([
    ['core', '@spotdraft-archive/filesystem'],
    ['core', '@spotdraft-archive/testkit'],
    ['box', '@spotdraft-archive/core'],
    ['box', '@spotdraft-archive/core/destination/http'],
    ['box', '@spotdraft-archive/dropbox'],
    ['box', '@spotdraft-archive/microsoft-graph'],
    ['microsoft-graph', '@spotdraft-archive/sharepoint'],
    ['service', '@spotdraft-archive/filesystem'],
    ['service', '@spotdraft-archive/core-extras'],
    ['testkit', '@spotdraft-archive/box'],
  ])('does not let %s import %s', (folder, specifier) => {
    expect(refusal(specifier, source(folder))).toContain('may import');
  });

  it('lets tests import core, the testkit and the folder destination besides, and no other adapter', () => {
    expect(refusal('@spotdraft-archive/testkit/emulators', test('core'))).toBeUndefined();
    expect(refusal('@spotdraft-archive/core', test('box'))).toBeUndefined();
    expect(refusal('@spotdraft-archive/filesystem', test('service'))).toBeUndefined();
    expect(refusal('@spotdraft-archive/dropbox', test('box'))).toContain('may import');
  });

  it('lets only the tests of a package import it by its name', () => {
    expect(refusal('@spotdraft-archive/core/destination', test('core'))).toBeUndefined();
    expect(refusal('@spotdraft-archive/core/destination', source('core'))).toContain('relative paths');
  });

  it('refuses a computed name in a source, where nobody could check it', () => {
    expect(refusal(undefined, source('box'))).toContain('computed');
    expect(refusal(undefined, source('cli'))).toBeUndefined();
    expect(refusal(undefined, test('box'))).toBeUndefined();
  });

  it('refuses a package without arrows', () => {
    expect(refusal('zod', source('s3'))).toContain('add it to');
  });
});
