import type { KeyCarrier, Stamp } from './key-carrier.ts';
import { addGroups, overwriteGroups, searchProperties } from './property-api.ts';
import { keyField, type TemplateSet, type Templates, writtenByField } from './templates.ts';
import type { CallSignal, Transport } from './transport.ts';
import type { FileMetadata, PropertyGroup } from './wire-types.ts';

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

  async function add(file: FileMetadata, stamp: Stamp, { signal }: CallSignal): Promise<boolean> {
    const outcome = await addGroups(transport, { path: file.id, groups: await groupsFor(stamp, { signal }), signal });
    if (outcome !== 'no-template') return outcome === 'added';
    templates.forget();
    return (await addGroups(transport, { path: file.id, groups: await groupsFor(stamp, { signal }), signal })) === 'added';
  }

  return {
    groupsFor,
    add,
    templateIds: async (options) => (await ready(options)).ids,
    read: async ({ property_groups: groups }, options) => {
      const { ids } = await ready(options);
      return stampOf(groups?.find((group) => ids.includes(group.template_id)));
    },
    overwrite: async (file, stamp, { signal }) =>
      overwriteGroups(transport, { path: file.id, groups: await groupsFor(stamp, { signal }), signal }),
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
