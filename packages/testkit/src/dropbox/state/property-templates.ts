import { randomBytes } from 'node:crypto';
import { routeError, type Tagged, tags } from '../dropbox-refusal.ts';
import type { PropertyGroup } from './file-node.ts';

export interface TemplateField {
  readonly name: string;
  readonly description: string;
  readonly type: unknown;
}

export interface PropertyTemplate {
  readonly id: string;
  name: string;
  description: string;
  fields: readonly TemplateField[];
}

const maxFields = 32;
const maxNameBytes = 256;
const maxValueBytes = 1024;
const maxTemplates = 64;

/** The property templates of a user or of a team. */
export class PropertyTemplates {
  readonly #templates = new Map<string, PropertyTemplate>();

  get all(): readonly PropertyTemplate[] {
    return [...this.#templates.values()];
  }

  get(id: string): PropertyTemplate | undefined {
    return this.#templates.get(id);
  }

  /** Throws `template_not_found`. */
  require(id: string): PropertyTemplate {
    const template = this.#templates.get(id);
    if (template === undefined) throw routeError(templateNotFound(id));
    return template;
  }

  add(template: Omit<PropertyTemplate, 'id'>): PropertyTemplate {
    if (this.#templates.size >= maxTemplates) throw routeError(tags('too_many_templates'));
    checkFields(template.fields);
    const added = { ...template, id: `ptid:${randomBytes(18).toString('base64url')}` };
    this.#templates.set(added.id, added);
    return added;
  }

  addFields(template: PropertyTemplate, fields: readonly TemplateField[]): void {
    checkFields([...template.fields, ...fields]);
    template.fields = [...template.fields, ...fields];
  }

  remove(id: string): void {
    this.require(id);
    this.#templates.delete(id);
  }

  /** Why groups cannot be kept; `undefined` when they can. */
  problemWith(groups: readonly PropertyGroup[]): Tagged | undefined {
    if (new Set(groups.map((group) => group.template_id)).size < groups.length) return tags('duplicate_property_groups');
    for (const group of groups) {
      const template = this.#templates.get(group.template_id);
      if (template === undefined) return templateNotFound(group.template_id);
      const names = new Set(template.fields.map((field) => field.name));
      if (group.fields.some((field) => !names.has(field.name))) return tags('does_not_fit_template');
      if (group.fields.some((field) => Buffer.byteLength(field.value) > maxValueBytes)) return tags('property_field_too_large');
    }
    return undefined;
  }
}

function templateNotFound(id: string): Tagged {
  return { '.tag': 'template_not_found', template_not_found: id };
}

function checkFields(fields: readonly TemplateField[]): void {
  if (fields.length > maxFields) throw routeError(tags('too_many_properties'));
  if (new Set(fields.map((field) => field.name)).size < fields.length) throw routeError(tags('conflicting_property_names'));
  if (fields.some((field) => Buffer.byteLength(field.name) > maxNameBytes)) throw routeError(tags('template_attribute_too_large'));
}
