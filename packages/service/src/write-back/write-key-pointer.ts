import { type SpotDraftClient, SpotDraftError } from '@spotdraft-archive/core';
import type { Writing } from './write-back.ts';
import type { KeyPointerWriteBack } from './write-back-options.ts';

/** Writes the value of a key pointer, unless it is there. Two requests; safe to repeat. */
export async function writeKeyPointer(
  { contractId, text, announce, noteKeyPointers, spotdraft, signal }: Writing,
  { fieldName }: KeyPointerWriteBack,
): Promise<void> {
  if ((await valueOf(contractId, { fieldName, spotdraft, signal })) === text) return;
  await announce('key-pointer');
  const pointers = await spotdraft.contracts.setKeyPointers(contractId, [{ fieldName, value: text }], { signal });
  if (pointers.find((pointer) => pointer.fieldName === fieldName)?.value !== text) throw notKept(contractId, fieldName);
  await noteKeyPointers(pointers);
}

interface Question {
  readonly fieldName: string;
  readonly spotdraft: SpotDraftClient;
  readonly signal: AbortSignal;
}

async function valueOf(contractId: string, { fieldName, spotdraft, signal }: Question): Promise<unknown> {
  const pointers = await spotdraft.contracts.keyPointers(contractId, { signal });
  return pointers.find((pointer) => pointer.fieldName === fieldName)?.value;
}

function notKept(contractId: string, fieldName: string): SpotDraftError {
  return new SpotDraftError(`SpotDraft did not keep the key pointer ${fieldName} of ${contractId} as it was written.`, {
    code: 'spotdraft.unexpected_answer',
    recovery: 'operator',
    hint: 'Look whether the field takes a text of this length.',
    details: { contractId, fieldName },
  });
}
