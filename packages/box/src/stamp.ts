import type { CallOptions, DocumentToStore } from '@spotdraft-archive/core/destination';
import { z } from 'zod';
import type { BoxApi } from './api.ts';
import { fileVanished } from './errors.ts';
import { type Carrier, keyField, restField } from './template.ts';
import type { BoxFile, Instance } from './wire-types.ts';

export interface StampOptions extends CallOptions {
  readonly api: BoxApi;
  readonly carrier: Carrier;
  /** True when the key that the file carries may be replaced. */
  readonly mayReplaceKey: boolean;
}

/**
 * Writes key and properties onto a file and answers what it carries then. Safe to repeat.
 *
 * What carries a key already is left as it is unless the key may be replaced: look at the answer, it may be somebody else's.
 */
export async function stampFile(fileId: string, document: DocumentToStore, options: StampOptions): Promise<Instance> {
  const { api, carrier, mayReplaceKey, signal } = options;
  const wanted = valuesOf(document, carrier);
  const created = await api.createInstance(fileId, carrier, { body: wanted, signal });
  if (created !== undefined) return created;

  const current = await api.readInstance(fileId, carrier, { signal });
  if (current === undefined) throw fileVanished();
  if (keyIn(current) !== undefined && !mayReplaceKey) return current;
  const operations = patchOf(current, wanted, carrier);
  return operations.length === 0 ? current : api.patchInstance(fileId, carrier, { body: operations, signal });
}

/** What a file carries, out of an answer that was asked for it. */
export function instanceOf(file: BoxFile, { scope, templateKey }: Carrier): Instance | undefined {
  return file.metadata?.[scope]?.[templateKey];
}

export function keyIn(instance: Instance | undefined): string | undefined {
  const key = instance?.[keyField];
  return typeof key === 'string' ? key : undefined;
}

/** The properties as they were given to `put`. */
export function propertiesIn(instance: Instance): Readonly<Record<string, string>> {
  const { [keyField]: _key, [restField]: rest, ...fields } = instance;
  const own = Object.entries(fields).filter(
    (entry): entry is [string, string] => !entry[0].startsWith('$') && typeof entry[1] === 'string',
  );
  return { ...Object.fromEntries(own), ...parseRest(rest) };
}

/** An empty text is left out: Box takes none. */
function valuesOf({ key, properties }: DocumentToStore, { fields }: Carrier): Readonly<Record<string, string>> {
  const given = Object.entries(properties).filter(([, value]) => value !== '');
  if (fields === undefined) return { ...Object.fromEntries(given), [keyField]: key };
  const own = given.filter(([name]) => fields.has(name));
  const others = given.filter(([name]) => !fields.has(name));
  const rest = others.length > 0 && fields.has(restField) ? { [restField]: JSON.stringify(Object.fromEntries(others)) } : {};
  return { ...Object.fromEntries(own), ...rest, [keyField]: key };
}

interface PatchOperation {
  readonly op: 'test' | 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: string;
}

/** What turns one instance into the other. `global.properties` may hold values of other apps, so there nothing is removed. */
function patchOf(current: Instance, wanted: Readonly<Record<string, string>>, { fields }: Carrier): readonly PatchOperation[] {
  const changes = Object.entries(wanted).flatMap(([name, value]): PatchOperation[] => {
    if (current[name] === value) return [];
    return [{ op: name in current ? 'replace' : 'add', path: pointerTo(name), value }];
  });
  const obsolete = [...(fields ?? [])].filter((name) => name in current && !(name in wanted));
  const removals = obsolete.map((name): PatchOperation => ({ op: 'remove', path: pointerTo(name) }));
  const key = keyIn(current);
  const operations = [...changes, ...removals];
  // Another process may have stamped the file since it was read.
  if (operations.length === 0 || key === undefined) return operations;
  return [{ op: 'test', path: pointerTo(keyField), value: key }, ...operations];
}

/** https://www.rfc-editor.org/rfc/rfc6901#section-3 */
function pointerTo(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

const restSchema = z.record(z.string(), z.string());

function parseRest(rest: unknown): Readonly<Record<string, string>> {
  if (typeof rest !== 'string') return {};
  try {
    return restSchema.safeParse(JSON.parse(rest)).data ?? {};
  } catch {
    // A person edited it in Box.
    return {};
  }
}
