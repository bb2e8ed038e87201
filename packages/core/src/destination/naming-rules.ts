/** How a store counts the length of a name. */
export type LengthUnit = 'utf16' | 'utf8-bytes' | 'code-points';

/** What a store accepts as a name, as plain data. Core makes every name fit these rules before a destination sees it. */
export interface NamingRules {
  /** Characters that must not occur in a file or folder name. `/` and control characters are never let through anyway. */
  readonly forbiddenCharacters: string;
  /** Names that are refused whatever their case, with or without an extension, such as `CON`. */
  readonly reservedNames: readonly string[];
  /** Names that are refused directly below the destination's root only, whatever their case, such as SharePoint's `forms`. */
  readonly reservedRootNames?: readonly string[];
  /** Names must not start with one of these, such as `~$`. */
  readonly forbiddenPrefixes: readonly string[];
  /** Names must not contain one of these, such as `_vti_`. */
  readonly forbiddenFragments: readonly string[];
  /** Names must not end with one of these characters, such as `. `. */
  readonly forbiddenEndings: string;
  /** False when characters beyond U+FFFF (emoji among them) are refused. */
  readonly supportsAstralCharacters: boolean;
  /** Longest file or folder name, counted in `lengthUnit`. */
  readonly maxNameLength: number;
  /** Longest path below the destination's root, separators included, counted in `lengthUnit`. */
  readonly maxPathLength: number;
  readonly lengthUnit: LengthUnit;
  /** False when two names that differ only in case are one name. */
  readonly caseSensitive: boolean;
}
