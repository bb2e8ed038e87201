import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describeDestination } from '@spotdraft-archive/testkit';
import { temporaryArchive } from './temporary-archive.ts';
import { withoutLinks } from './without-links.ts';

/** A file system of another kind than the usual one, where there is one. */
const inMemory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

describeDestination('filesystem', () => temporaryArchive());

describeDestination('filesystem without hard links', () => temporaryArchive({ real: withoutLinks, parent: inMemory }));
