import type { NamingRules } from '../destination/naming-rules.ts';
import { DestinationError } from '../errors/destination-error.ts';
import type { NamePart } from './field-value.ts';
import type { Weight } from './layout-fields.ts';
import { legalName } from './legal-name.ts';
import { lengthOf, shorten } from './text-length.ts';

/** One folder or the file name before it is made to fit. */
export interface PathComponent {
  readonly parts: readonly NamePart[];
  /** What follows the parts and is never shortened: the clash suffix and the extension. Empty for a folder. */
  readonly ending: string;
  /** How much longer than now the ending must be able to get. */
  readonly spareLength: number;
}

/** What gives way, step by step, until a name or path is short enough: the weight, and the length that each part of that weight keeps. */
const stepsOfGivingWay: readonly (readonly [Weight, number])[] = [
  ['text', 32],
  ['text', 16],
  ['detail', 64],
  ['identity', 64],
  ['text', 0],
  ['detail', 0],
  ['identity', 8],
];

interface Fitting {
  readonly component: PathComponent;
  readonly isAtRoot: boolean;
  /** The longest that a part of each weight may be. */
  readonly longest: Record<Weight, number>;
}

/**
 * Makes legal names of components and shortens them until every name and the whole path fit.
 *
 * Names that are too long are shortened each on its own, so that a long title does not change the counterparty's folder. A path that is still
 * too long takes from the file name first, then from the folders. Throws `DestinationError` `destination.name_rejected` for rules that
 * leave no room for any name.
 */
export function fitPath(components: readonly PathComponent[], rules: NamingRules): readonly string[] {
  const fittings = components.map((component, index): Fitting => {
    const { maxNameLength } = rules;
    return { component, isAtRoot: index === 0, longest: { text: maxNameLength, detail: maxNameLength, identity: maxNameLength } };
  });
  const namesFit = (some: readonly Fitting[]): boolean => some.every((fitting) => fitsAsName(fitting, rules));
  const pathFits = (): boolean => namesFit(fittings) && fitsAsPath(fittings, rules);

  for (const fitting of fittings) giveWay([fitting], () => namesFit([fitting]));
  giveWay(fittings.toReversed(), pathFits);

  if (!pathFits()) throw noRoom(rules);
  return fittings.map((fitting) => nameOf(fitting, rules));
}

function nameOf({ component, isAtRoot, longest }: Fitting, rules: NamingRules): string {
  const unit = rules.lengthUnit;
  const text = component.parts.map((part) => shorten(part.text, { maxLength: longest[part.weight], unit })).join('');
  const stem = component.ending === '' ? text : text.replace(/[. ]+$/, '');
  return legalName(stem + component.ending, { rules, isAtRoot });
}

function fitsAsName(fitting: Fitting, rules: NamingRules): boolean {
  return lengthOf(nameOf(fitting, rules), rules.lengthUnit) + fitting.component.spareLength <= rules.maxNameLength;
}

function fitsAsPath(fittings: readonly Fitting[], rules: NamingRules): boolean {
  const path = fittings.map((fitting) => nameOf(fitting, rules)).join('/');
  const spareLength = fittings.reduce((sum, { component }) => sum + component.spareLength, 0);
  return lengthOf(path, rules.lengthUnit) + spareLength <= rules.maxPathLength;
}

/** Shortens until `fits`, the first fitting first, and no more than necessary. */
function giveWay(fittings: readonly Fitting[], fits: () => boolean): void {
  for (const [weight, shortest] of stepsOfGivingWay) {
    for (const { longest } of fittings) {
      if (fits()) return;
      narrow(longest, { weight, shortest, fits });
    }
  }
}

interface Narrowing {
  readonly weight: Weight;
  readonly shortest: number;
  readonly fits: () => boolean;
}

/** Finds the largest length, down to the shortest, with which it fits; the shortest when none does. */
function narrow(longest: Record<Weight, number>, { weight, shortest, fits }: Narrowing): void {
  let tooLong = longest[weight];
  let enough = Math.min(shortest, tooLong);
  longest[weight] = enough;
  if (!fits()) return;
  while (tooLong - enough > 1) {
    const middle = Math.floor((tooLong + enough) / 2);
    longest[weight] = middle;
    if (fits()) enough = middle;
    else tooLong = middle;
  }
  longest[weight] = enough;
}

function noRoom({ maxNameLength, maxPathLength }: NamingRules): DestinationError {
  return new DestinationError('The naming rules leave no room for any name.', {
    code: 'destination.name_rejected',
    recovery: 'operator',
    hint: 'Choose a root with a shorter path, or a layout with fewer folders.',
    details: { maxNameLength, maxPathLength },
  });
}
