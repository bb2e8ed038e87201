import { createSpotDraftClient, memoryLedger } from '@spotdraft-archive/core';
import { startSpotDraftEmulator } from '@spotdraft-archive/testkit/emulators';
import { createArchiver } from './archiver.ts';
import type { DemoArguments } from './arguments.ts';
import { startDestinations } from './destinations.ts';
import { documentsFrom } from './documents-from.ts';
import { play, postForgedWebhook } from './play.ts';
import { startReceiver } from './receiver.ts';
import { differences, type Outcome, receiptTable, summaryLine } from './report.ts';
import { isVerified } from './verify.ts';

/** Runs the demo from the first webhook to the last receipt; true when everything came out as it has to. */
export async function runDemo(given: DemoArguments, tell: (line: string) => void): Promise<boolean> {
  const documents = given.documents === undefined ? [] : await documentsFrom(given.documents);
  const places = await startDestinations(given);
  const emulator = await startSpotDraftEmulator({ allowHttpWebhooks: true });
  const spotdraft = createSpotDraftClient({
    baseUrl: emulator.url,
    source: 'demo',
    clientId: emulator.clientId,
    clientSecret: emulator.clientSecret,
  });
  const { destinations } = places;
  const archiver = createArchiver({ spotdraft, destinations, ledger: memoryLedger(), tell });
  const receiver = await startReceiver(await spotdraft.webhooks.hmacKey(), (event) => {
    if (event.activity === 'CONTRACT_EXECUTED' || event.contractKind === 'EXECUTED_CONTRACT') archiver.archive(event);
  });
  try {
    tell(`SpotDraft is emulated at ${emulator.url}, webhooks go to ${receiver.url}`);
    await spotdraft.webhooks.create({
      title: 'Archive',
      url: receiver.url,
      activities: ['CONTRACT_CREATED', 'CONTRACT_EXECUTED', 'CONTRACT_VERSION_UPLOADED'],
    });
    const documentFor = (index: number): (() => Promise<Uint8Array>) | undefined => documents[index % documents.length];
    const played = await play(emulator, { receiverUrl: receiver.url, documentFor });
    tell(`forged    a webhook with a wrong signature was answered with ${await postForgedWebhook(receiver.url)}`);
    await archiver.settled();

    tell('repair    looking through SpotDraft for executed contracts that no webhook told of');
    for await (const row of spotdraft.contracts.list({ status: 'EXECUTED' })) {
      if (row.contractId !== undefined && !archiver.archived.has(row.contractId)) archiver.archive(row);
    }
    await archiver.settled();

    const verified = new Set<string>();
    for (const [contractId, result] of archiver.archived) {
      if (await isVerified(result, { spotdraft: emulator, destinations })) verified.add(contractId);
    }
    const { archived, refused, failures } = archiver;
    const outcome: Outcome = { played, archived, verified, refused, refusedWebhooks: receiver.refused, failures };
    const problems = differences(outcome);
    for (const line of [
      await places.pictures(),
      receiptTable(outcome, Object.keys(destinations)),
      ...problems,
      summaryLine(outcome, problems.length),
    ])
      tell(line);
    return problems.length === 0;
  } finally {
    await receiver.stop();
    await emulator.stop();
    await places.stop();
  }
}
