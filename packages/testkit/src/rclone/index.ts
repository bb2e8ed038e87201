// Emulators before a client that nobody here wrote. This entry does not load vitest.

export { hasRclone } from './rclone.ts';
export { type RcloneHarness, tryRclone } from './try-rclone.ts';
