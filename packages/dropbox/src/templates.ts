import { onceEach, propertyNames } from '@spotdraft-archive/core/destination';
import type { DropboxSettings } from './options.ts';
import { addTemplate, addTemplateFields, listTemplates, readTemplate } from './property-api.ts';
import type { CallSignal, Transport } from './transport.ts';

export const keyField = 'key';
export const writtenByField = 'writtenBy';

const templateName = 'SpotDraft archive';
const templateDescription = 'Which SpotDraft document a file is a copy of. Kept by spotdraft-archive.';

/** What core writes; a template that lacks another field gets it when it is needed. */
const usualFields = [keyField, writtenByField, ...propertyNames];

/** The templates in use. */
export interface TemplateSet {
  /** Of new stamps. */
  readonly id: string;
  /** All of ours: two processes that began at once may have made one each. */
  readonly ids: readonly string[];
  readonly fields: ReadonlySet<string>;
}

interface OwnTemplate {
  readonly id: string;
  readonly fields: ReadonlySet<string>;
}

export interface Templates {
  /** Finds or makes the template, and adds the fields that it lacks. */
  ready(fields: readonly string[], options: CallSignal): Promise<TemplateSet>;
  /** For a template that was deleted. */
  forget(): void;
}

export function createTemplates(transport: Transport, { templateOwner: owner, templateId }: DropboxSettings): Templates {
  let kept = onceEach<TemplateSet>();

  async function readOurs({ signal }: CallSignal): Promise<readonly OwnTemplate[]> {
    const ids = templateId === undefined ? await listTemplates(transport, { owner, signal }) : [templateId];
    const ours: OwnTemplate[] = [];
    for (const id of ids.toSorted()) {
      const { name, fields } = await readTemplate(transport, { owner, id, signal });
      if (templateId !== undefined || name === templateName) ours.push({ id, fields: new Set(fields.map((field) => field.name)) });
    }
    return ours;
  }

  async function make({ signal }: CallSignal): Promise<TemplateSet> {
    const fields = usualFields.map(describeField);
    const id = await addTemplate(transport, { owner, name: templateName, description: templateDescription, fields, signal });
    const ours = await readOurs({ signal });
    // Of two processes that begin at once each makes a template, and the one that is first may not see the other's. So the one that sees both uses not
    // its own.
    const chosen = ours.find((template) => template.id !== id) ?? { id, fields: new Set(usualFields) };
    return { ...chosen, ids: [...new Set([id, ...ours.map((template) => template.id)])] };
  }

  async function find({ signal }: CallSignal): Promise<TemplateSet> {
    const ours = await readOurs({ signal });
    const [first] = ours;
    return first === undefined ? make({ signal }) : { ...first, ids: ours.map(({ id }) => id) };
  }

  async function enlarge(set: TemplateSet, missing: readonly string[], { signal }: CallSignal): Promise<TemplateSet> {
    await addTemplateFields(transport, { owner, id: set.id, fields: missing.map(describeField), signal });
    return { ...set, fields: new Set([...set.fields, ...missing]) };
  }

  return {
    async ready(fields, { signal }) {
      const set = await kept.get('found', { make: (shared) => find({ signal: shared }), signal });
      const missing = fields.filter((field) => !set.fields.has(field)).toSorted();
      if (missing.length === 0) return set;
      return kept.get(`with ${missing.join(' ')}`, { make: (shared) => enlarge(set, missing, { signal: shared }), signal });
    },
    forget() {
      kept = onceEach();
    },
  };
}

function describeField(name: string): { readonly name: string; readonly description: string } {
  return { name, description: `${name} of the SpotDraft document` };
}
