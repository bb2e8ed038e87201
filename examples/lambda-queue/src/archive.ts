// The function that the queue calls.
import { box } from '@spotdraft-archive/box';
import { archiveContract, createSpotDraftClient, parseContractEvent } from '@spotdraft-archive/core';
import { openLedger } from '@spotdraft-archive/service';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

const { env } = process;
const spotdraft = createSpotDraftClient({
  ...(env.SPOTDRAFT_BASE_URL === undefined ? { region: 'us' } : { baseUrl: env.SPOTDRAFT_BASE_URL }),
  clientId: env.SPOTDRAFT_CLIENT_ID ?? '',
  clientSecret: env.SPOTDRAFT_CLIENT_SECRET ?? '',
});
const destinations = {
  box: box({
    auth: { clientId: env.BOX_CLIENT_ID ?? '', clientSecret: env.BOX_CLIENT_SECRET ?? '', enterpriseId: env.BOX_ENTERPRISE_ID ?? '' },
    folderId: env.BOX_FOLDER_ID ?? '',
    ...(env.BOX_API_URL !== undefined && { baseUrl: env.BOX_API_URL, uploadUrl: env.BOX_UPLOAD_URL }),
  }),
};
// What one invocation began, the next one has to know: a database is needed, memory is not enough.
const ledger = await openLedger({ connectionString: env.DATABASE_URL ?? '' });

/** Messages that failed come back, in their order; after `maxReceiveCount` times the queue keeps them as dead letters. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  for (const [index, message] of Records.entries()) {
    try {
      await archive(message);
    } catch (error) {
      console.error(error);
      // All after it as well: a FIFO queue keeps the order of a contract's messages.
      return { batchItemFailures: Records.slice(index).map(({ messageId }) => ({ itemIdentifier: messageId })) };
    }
  }
  return { batchItemFailures: [] };
}

async function archive(message: SQSRecord): Promise<void> {
  const event = parseContractEvent(JSON.parse(message.body));
  const { failures } = await archiveContract(event, { spotdraft, destinations, ledger });
  for (const failure of Object.values(failures)) throw failure;
}
