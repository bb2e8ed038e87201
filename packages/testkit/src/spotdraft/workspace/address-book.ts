import type { ContractType, Counterparty, Entity, KeyPointerValue } from './contract.ts';
import type { NewCounterparty } from './new-contract.ts';

export type KeyPointerDefinition = Omit<KeyPointerValue, 'value'>;

/** The names a workspace knows: contract types, counterparties, own entities and metadata fields. Each gets an id when it is first named. */
export class AddressBook {
  readonly #contractTypes = new Map<string, ContractType>();
  readonly #counterparties = new Map<string, Counterparty>();
  readonly #entities = new Map<string, Entity>();
  readonly #keyPointers = new Map<string, KeyPointerDefinition>();

  get contractTypes(): readonly ContractType[] {
    return [...this.#contractTypes.values()];
  }

  get counterparties(): readonly Counterparty[] {
    return [...this.#counterparties.values()];
  }

  get entities(): readonly Entity[] {
    return [...this.#entities.values()];
  }

  get keyPointers(): readonly KeyPointerDefinition[] {
    return [...this.#keyPointers.values()];
  }

  contractType(name: string): ContractType {
    return getOrMake(this.#contractTypes, name, () => ({ id: 101 + this.#contractTypes.size, name }));
  }

  counterparty(given: string | NewCounterparty): Counterparty {
    const { name, isIndividual = false, ...contact } = typeof given === 'string' ? { name: given } : given;
    return getOrMake(this.#counterparties, name, () => {
      const id = 301 + this.#counterparties.size;
      return { id, name, isIndividual, contactName: 'Mara Bell', contactEmail: `contact-${id}@example.org`, ...definedFields(contact) };
    });
  }

  entity(name: string): Entity {
    return getOrMake(this.#entities, name, () => {
      const id = 401 + this.#entities.size;
      return { id, name, referenceId: `ENT-${id}`, jurisdiction: 'Germany', type: 'Private limited company' };
    });
  }

  /** Defines a metadata field. The type is the one of the first value. */
  keyPointer(fieldName: string, value?: unknown): KeyPointerDefinition {
    return getOrMake(this.#keyPointers, fieldName, () => {
      const words = fieldName.replaceAll('_', ' ');
      const label = words.charAt(0).toUpperCase() + words.slice(1);
      return { id: 701 + this.#keyPointers.size, fieldName, label, dataType: dataTypeOf(value) };
    });
  }
}

function getOrMake<Value>(map: Map<string, Value>, name: string, make: () => Value): Value {
  const known = map.get(name);
  if (known !== undefined) return known;
  const made = make();
  map.set(name, made);
  return made;
}

function definedFields<Fields extends object>(fields: Fields): { [Name in keyof Fields]: Exclude<Fields[Name], undefined> } {
  const defined = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined) as { [Name in keyof Fields]: Exclude<Fields[Name], undefined> };
}

function dataTypeOf(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'boolean') return 'boolean';
  if (Array.isArray(value)) return 'array of strings';
  if (typeof value === 'object' && value !== null) return 'repeating';
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? 'date' : 'string';
}
