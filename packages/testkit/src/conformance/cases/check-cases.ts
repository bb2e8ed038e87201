import assert from 'node:assert/strict';
import type { DestinationCase } from '../destination-case.ts';
import { hook } from '../requirements.ts';

export const checkCases: readonly DestinationCase[] = [
  {
    title: 'check finds a working destination in order, and says what it looked at',
    async run({ destination }) {
      const { ok, findings } = await destination.check();
      assert.ok(findings.length > 0, 'Nothing was looked at.');
      for (const finding of findings) {
        assert.ok(finding.subject && finding.message, 'A finding has no subject or no message.');
        assert.ok(finding.ok || finding.hint, `"${finding.subject}" is not in order, and no hint tells what to do.`);
      }
      assert.equal(
        ok,
        findings.every((finding) => finding.ok),
      );
      assert.ok(ok, `Not in order: ${JSON.stringify(findings.filter((finding) => !finding.ok))}`);
    },
  },
  {
    title: 'check leaves no file behind',
    needs: [hook('listPaths')],
    async run({ destination, listPaths }) {
      await destination.check();
      assert.deepEqual(await listPaths?.(), []);
    },
  },
];
