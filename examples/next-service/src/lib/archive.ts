import { createSpotDraftClient } from '@spotdraft-archive/core';
import { filesystem } from '@spotdraft-archive/filesystem';
import { type ArchiveService, createArchiveService } from '@spotdraft-archive/service';

// On the global object, because Next may load this file once for the instrumentation and once more for each route.
const shared = globalThis as { archive?: ArchiveService };

/** The one service of this process. */
export function archive(): ArchiveService {
  shared.archive ??= createArchive();
  return shared.archive;
}

export async function startArchive(): Promise<void> {
  await archive().start();
  // By itself Next ends without waiting for running jobs. With NEXT_MANUAL_SIG_HANDLE, which the script `start` sets, it leaves the end to this.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stopArchive());
}

async function stopArchive(): Promise<void> {
  try {
    await archive().stop();
  } finally {
    process.exit();
  }
}

function createArchive(): ArchiveService {
  const { SPOTDRAFT_CLIENT_ID, SPOTDRAFT_CLIENT_SECRET, SPOTDRAFT_BASE_URL, DATA_DIR = './data' } = process.env;
  const spotdraft = createSpotDraftClient({
    ...(SPOTDRAFT_BASE_URL === undefined ? { region: 'us' } : { baseUrl: SPOTDRAFT_BASE_URL }),
    clientId: SPOTDRAFT_CLIENT_ID ?? '',
    clientSecret: SPOTDRAFT_CLIENT_SECRET ?? '',
  });
  return createArchiveService({
    spotdraft,
    destinations: { folder: filesystem({ directory: `${DATA_DIR}/contracts` }) },
    database: { dataDir: DATA_DIR },
    webhook: { keys: () => spotdraft.webhooks.hmacKey(), onError: (error) => console.error(error) },
  });
}
