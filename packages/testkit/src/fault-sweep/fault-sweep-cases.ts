import type { ConformanceCase } from '../conformance/conformance-case.ts';
import { hook, resumableUploads, smallResumeLimit } from '../conformance/requirements.ts';
import { largeSize } from '../conformance/sample-document.ts';
import type { FaultAction } from '../emulator/index.ts';
import { defaultFaults } from './default-faults.ts';
import { dieAt, disturbWith } from './disturbances.ts';
import type { FaultSweepHarness, FaultSweepOptions } from './fault-sweep-harness.ts';
import { type Disturb, sweepRequests } from './sweep-requests.ts';

export type FaultSweepCase = ConformanceCase<FaultSweepHarness>;

const sizes = [
  { adjective: 'small', needs: [], sizeFor: () => 20_000 },
  { adjective: 'large', needs: [resumableUploads, smallResumeLimit], sizeFor: largeSize },
];

const losesAnswer = ({ kind }: FaultAction) => kind === 'loseReply' || kind === 'cutResponse';

/** Every fault with a small and a large upload, as data: for runners other than vitest. */
export function faultSweepCases({ faults = {}, isIrretrievable = () => false }: FaultSweepOptions = {}): readonly FaultSweepCase[] {
  const isRetrievable: Parameters<typeof disturbWith>[1] = (request) => !isIrretrievable(request);
  const disturbances: readonly (readonly [string, Disturb])[] = [
    ...Object.entries({ ...defaultFaults, ...faults }).map(
      ([title, fault]) => [title, disturbWith(fault, losesAnswer(fault) ? isRetrievable : () => true)] as const,
    ),
    ['is the last before the process dies, without effect', dieAt('before-effect', () => true)],
    ['is the last before the process dies, with its effect', dieAt('after-effect', isRetrievable)],
  ];
  return sizes.flatMap(({ adjective, needs, sizeFor }) =>
    disturbances.map(([title, disturb]) => ({
      title: `whichever request of a ${adjective} upload ${title}, one more run ends with one file, its metadata and one receipt`,
      needs: [hook('listPaths'), ...needs],
      run: (harness) => sweepRequests(harness, { size: sizeFor(harness), disturb }),
    })),
  );
}
