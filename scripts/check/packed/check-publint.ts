import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { PackedPackage } from './pack-packages.ts';

/** Lints each package the way it is published. Throws an error that lists every message, also those that publint calls suggestions. */
export async function checkPublint(packages: readonly PackedPackage[]): Promise<string> {
  const findings = await Promise.all(
    packages.map(async ({ name, folder, manifest }) => {
      const { messages } = await publint({ pkgDir: folder, pack: false, strict: true });
      return messages.map((message) => `${name}: ${formatMessage(message, { ...manifest }, { color: false }) ?? message.code}`);
    }),
  );
  if (findings.flat().length > 0) throw new Error(findings.flat().join('\n'));
  return `${packages.length} packages`;
}
