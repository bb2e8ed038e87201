/** A package.json, as far as the checks read it. */
export interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly license?: string;
  readonly keywords?: readonly string[];
  readonly type?: string;
  readonly engines?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** What users write to import each entry of a package: `@spotdraft-archive/core`, `@spotdraft-archive/core/destination`. */
export function entrySpecifiers(manifest: PackageManifest): string[] {
  const paths = Object.keys(manifest.exports ?? {}).filter((path) => path !== './package.json');
  return paths.map((path) => manifest.name + path.slice(1));
}
