import { type EmulatedContract, type SpotDraftEmulator, signedWebhook } from '@spotdraft-archive/testkit/emulators';
import { type Episode, episodes } from './scenario.ts';

export interface PlayOptions {
  /** Where webhooks go. */
  readonly receiverUrl: string;
  /** Replaces the documents of the scenario; `undefined` keeps them. */
  readonly documentFor: (index: number) => (() => Promise<Uint8Array>) | undefined;
}

/** A contract of the scenario as the emulator knows it. */
export interface PlayedContract extends Episode {
  readonly contractId: string;
}

const lateByMs = 2_500;

/** Lets everything happen in the emulator: executions, imports, and webhooks that are lost in thought, sent twice, out of order or forged. */
export async function play(spotdraft: SpotDraftEmulator, { receiverUrl, documentFor }: PlayOptions): Promise<readonly PlayedContract[]> {
  const { deliveries } = spotdraft;
  deliveries.duplicate({ times: 3, copies: 3, where: ({ activity }) => activity === 'CONTRACT_EXECUTED' });
  deliveries.hold();
  const played = episodes.map((episode, index) => {
    const document = episode.contract.title === 'Plan of the new plant' ? undefined : documentFor(index);
    const contract = run({ ...episode, contract: { ...episode.contract, ...(document && { document }) } }, spotdraft);
    return { ...episode, contractId: contract.id };
  });
  deliveries.release('reversed');

  for (const { contractId, expected } of played) {
    if (expected === 'refused') await postMisleadingWebhook(spotdraft.state.get(contractId), { receiverUrl, key: deliveries.hmacKey });
  }
  await deliveries.settled();
  return played;
}

function run({ contract, way }: Episode, { state }: SpotDraftEmulator): EmulatedContract {
  const { executedAt: at, ...given } = contract;
  switch (way) {
    case 'imported':
      return state.importExecuted(contract);
    case 'accepted':
      return state.acceptClickwrap(contract);
    case 'historical':
      return state.addContract({ ...contract, status: 'EXECUTED' });
    case 'draft':
      return state.createContract(given);
    case 'voided':
      return state.void(state.createContract(given).id);
    case 'late':
      return state.execute(state.createContract(given).id, { at, notReady: { forMs: lateByMs } });
    case 'signed':
      return state.execute(state.requestSignatures(state.createContract(given).id).id, { at });
  }
}

/** A webhook with a right signature that tells yesterday's truth, as a replayed one would. */
async function postMisleadingWebhook(
  contract: EmulatedContract,
  { receiverUrl, key }: { receiverUrl: string; key: string },
): Promise<void> {
  const payload = { contract_id: contract.number, contract_title: contract.title, contract_reference_id: contract.referenceId ?? '' };
  await fetch(signedWebhook({ payload, key }).toRequest(receiverUrl));
}

/** Posts a webhook that somebody else has signed, and returns the status of the answer. */
export async function postForgedWebhook(receiverUrl: string): Promise<number> {
  const key = Buffer.alloc(64, 'not the right key').toString('base64');
  const { status } = await fetch(signedWebhook({ payload: { contract_id: 1001 }, key }).toRequest(receiverUrl));
  return status;
}
