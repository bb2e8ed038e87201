import { DestinationError } from '@spotdraft-archive/core/destination';
import type { KeyCarrier, Stamp } from './key-carrier.ts';
import { addGroups, overwriteGroups, searchProperties } from './property-api.ts';
import { keyField, type TemplateSet, type Templates, writtenByField } from './templates.ts';
import type { CallSignal, Transport } from './transport.ts';
import type { PropertyGroup } from './wire-types.ts';

/** Keeps stamps in property groups, which travel with the bytes and can be searched. */
export function propertyCarrier(transport: Transport, templates: Templates): KeyCarrier {
  async function groupsFor(stamp: Stamp, { signal }: CallSignal): Promise<readonly PropertyGroup[]> {
    const entries = Object.entries({ ...stamp.properties, [keyField]: stamp.key, [writtenByField]: stamp.writtenBy });
    const fields = entries.filter(([, value]) => value !== '').map(([name, value]) => ({ name, value }));
    const { id } = await templates.ready(
      fields.map(({ name }) => name),
      { signal },
    );
    return [{ template_id: id, fields }];
  }

  const ready = ({ signal }: CallSignal): Promise<TemplateSet> => templates.ready([keyField, writtenByField], { signal });

  /** Writes a stamp, and once more with a new template when somebody has deleted the known one. */
  async function withTemplate<Outcome>(
    write: (groups: readonly PropertyGroup[]) => Promise<Outcome | 'no-template'>,
    { stamp, signal }: CallSignal & { readonly stamp: Stamp },
  ): Promise<Outcome | 'no-template'> {
    const outcome = await write(await groupsFor(stamp, { signal }));
    if (outcome !== 'no-template') return outcome;
    templates.forget();
    return write(await groupsFor(stamp, { signal }));
  }

  return {
    groupsFor,
    add: async ({ id: path }, stamp, { signal }) =>
      (await withTemplate((groups) => addGroups(transport, { path, groups, signal }), { stamp, signal })) === 'added',
    templateIds: async (options) => (await ready(options)).ids,
    read: async ({ property_groups: groups }, options) => {
      const { ids } = await ready(options);
      return stampOf(groups?.find((group) => ids.includes(group.template_id)));
    },
    async overwrite({ id: path }, stamp, { signal }) {
      const outcome = await withTemplate((groups) => overwriteGroups(transport, { path, groups, signal }), { stamp, signal });
      if (outcome === 'no-template') throw templateGone();
    },
    async search(key, { signal }) {
      const { ids } = await ready({ signal });
      const matches = await searchProperties(transport, { field: keyField, value: key, templateIds: ids, signal });
      return matches.filter((match) => !match.is_deleted).map((match) => match.id);
    },
    async prepare(options) {
      const { id } = await ready(options);
      return `Keys and metadata are kept in the property template ${id}.`;
    },
  };
}

function stampOf(group: PropertyGroup | undefined): Stamp | undefined {
  if (group === undefined) return undefined;
  const {
    [keyField]: key,
    [writtenByField]: writtenBy = '',
    ...properties
  } = Object.fromEntries(group.fields.map(({ name, value }) => [name, value]));
  return key === undefined ? undefined : { key, writtenBy, properties };
}

function templateGone(): DestinationError {
  return new DestinationError('dropbox: the property template was deleted again while a copy was stamped.', {
    code: 'destination.unavailable',
    recovery: 'retry',
    hint: 'Somebody deletes the templates of this app. The next attempt makes another; or name a lasting one with "templateId".',
  });
}
