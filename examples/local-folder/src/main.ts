// Archives every contract that was executed since a day to a folder. Run it again whenever you like: it stores only what is missing.
//
//   SPOTDRAFT_CLIENT_ID=… SPOTDRAFT_CLIENT_SECRET=… node main.ts 2026-01-01 ./archive

import { archiveContract, createSpotDraftClient, layouts, type SpotDraftRegion } from '@spotdraft-archive/core';
import { filesystem } from '@spotdraft-archive/filesystem';

const [, , executedFrom = '2026-01-01', directory = './archive'] = process.argv;
const { SPOTDRAFT_CLIENT_ID = '', SPOTDRAFT_CLIENT_SECRET = '', SPOTDRAFT_REGION = 'us', SPOTDRAFT_URL } = process.env;

const place = SPOTDRAFT_URL === undefined ? { region: SPOTDRAFT_REGION as SpotDraftRegion } : { baseUrl: SPOTDRAFT_URL };
const spotdraft = createSpotDraftClient({ ...place, clientId: SPOTDRAFT_CLIENT_ID, clientSecret: SPOTDRAFT_CLIENT_SECRET });
const folder = filesystem({ directory });

for await (const contract of spotdraft.contracts.list({ status: 'EXECUTED', executedFrom })) {
  const { contractId, receipts, failures } = await archiveContract(contract, {
    spotdraft,
    destinations: { folder },
    layout: layouts.byCounterparty,
  });
  console.log(contractId, receipts.folder?.path ?? failures.folder?.hint);
}
