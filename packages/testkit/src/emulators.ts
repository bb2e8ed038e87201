// Emulators alone: this entry does not load vitest.
