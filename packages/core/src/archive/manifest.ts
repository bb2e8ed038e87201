import type { DestinationHash } from '../destination/hash.ts';
import type { DocumentRun } from './archive-document.ts';
import type { DocumentResult } from './archive-result.ts';
import { spoolDocument } from './spool/spool-document.ts';
import type { SpooledDocument } from './spool/spooled-document.ts';

export interface ManifestOptions {
  readonly run: DocumentRun;
  readonly hashes: readonly DestinationHash[];
}

/**
 * Writes the manifest: a JSON file that says, without this library, which contract the documents beside it belong to and what their bytes are.
 *
 * It holds no time of writing, so the same facts give the same bytes.
 */
export async function spoolManifest(parts: readonly DocumentResult[], { run, hashes }: ManifestOptions): Promise<SpooledDocument> {
  const { contract, plan, versionId } = run;
  const { signal, spotdraft } = plan;
  const facts = await run.facts();
  const manifest = {
    format: 'spotdraft-archive/manifest/1',
    source: spotdraft.source,
    ...facts,
    versionId: versionId ?? null,
    keyPointers: [...(facts.keyPointers?.values() ?? [])],
    signatories: await spotdraft.contracts.recipients(contract.contractId, { signal }),
    documents: parts.map(({ document, size, sha256 }) => ({ document, size, sha256 })),
  };
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
  const body = new Blob([text]).stream();
  return spoolDocument(body, { hashes, maxMemoryBytes: plan.maxMemoryBytes, directory: plan.temporaryDirectory, signal });
}
