import { ConfigurationError } from '../errors/configuration-error.ts';
import { isTimeZone } from './calendar-time.ts';
import { checkSegments, checkTemplate } from './check-segments.ts';
import type { CheckedLayout } from './checked-layout.ts';
import type { ContractFact, Layout, LayoutPart } from './layout.ts';
import { layoutError } from './layout-error.ts';
import { factBehind } from './layout-fields.ts';
import { parseLayout } from './parse-layout.ts';

export interface LayoutOptions {
  /** The IANA time zone in which dates are written, such as `Europe/Berlin`. @default 'UTC' */
  readonly timeZone?: string | undefined;
}

/**
 * Checks a template of folders and file name, and makes it ready for use.
 *
 * ```ts
 * const layout = defineLayout('{executedAt:yyyy}/{counterparty|Unknown}/{title}[ {referenceId}]', { timeZone: 'Europe/Berlin' });
 * ```
 *
 * Throws `ConfigurationError`: `config.invalid_layout` with the position, the bad part and the remedy, `config.invalid_option` for an unknown
 * time zone. In a layout that is written out in the source, the compiler finds unknown fields and a file name that names no contract as well.
 */
export function defineLayout<const Template extends string>(
  template: Template extends CheckedLayout<Template> ? Template : CheckedLayout<Template>,
  options: LayoutOptions = {},
): Layout {
  checkTemplate(template);
  const parsed = parseLayout(withoutExtension(template));
  checkSegments(template, parsed);
  const segments = parsed.map(({ parts }) => parts);
  return deepFreeze({ template, timeZone: checkTimeZone(options.timeZone ?? 'UTC'), fields: factsIn(segments), segments });
}

/** The extension follows the kind of document, so `.pdf` is welcome but says nothing, and any other is a mistake. */
function withoutExtension(template: string): string {
  const other = /\.(?:docx?|json)\s*$/i.exec(template);
  if (other) {
    throw layoutError(template, {
      position: other.index + 1,
      part: other[0],
      problem: 'the extension follows the kind of document',
      hint: 'Leave it out: signed PDFs get .pdf, DOCX files .docx, manifests .json.',
    });
  }
  return template.replace(/\.pdf\s*$/i, '');
}

function factsIn(segments: readonly (readonly LayoutPart[])[]): readonly ContractFact[] {
  const fields = segments
    .flat()
    .flatMap((part) => (part.type === 'optional' ? part.parts : part))
    .filter((part) => part.type === 'field');
  return [...new Set(fields.map(({ field }) => factBehind(field)))].toSorted();
}

function checkTimeZone(timeZone: string): string {
  if (isTimeZone(timeZone)) return timeZone;
  throw new ConfigurationError(`timeZone "${timeZone}" is unknown.`, {
    code: 'config.invalid_option',
    recovery: 'never',
    hint: 'Give a name of the IANA list, such as UTC, Europe/Berlin or America/New_York.',
    details: { option: 'timeZone' },
  });
}

function deepFreeze<Value extends object>(value: Value): Value {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) deepFreeze(inner);
  return Object.freeze(value);
}
