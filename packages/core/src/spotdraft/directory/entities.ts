import { z } from 'zod';
import { flag, id, object, rowsIn, text } from '../answer-fields.ts';
import type { Requester, RequestOptions } from '../http/requester.ts';
import { type WithRaw, withRaw } from '../with-raw.ts';

/** One of our own legal entities. */
export interface Entity {
  readonly id: string;
  readonly name: string;
  readonly referenceId?: string | undefined;
  /** Name of the country or state whose law it is under. */
  readonly jurisdiction?: string | undefined;
  readonly organizationType?: string | undefined;
  readonly isPrimary?: boolean | undefined;
}

const named = z.looseObject({ name: text });
const fields = z.looseObject({ id, name: text, reference_id: text, jurisdiction: object, organization_type: object, is_primary: flag });

export function listEntities(requester: Requester, { signal }: RequestOptions = {}): Promise<readonly WithRaw<Entity>[]> {
  return requester.json({ method: 'GET', path: '/organizations/entities/', signal }, (answer) => rowsIn(answer).map(readEntity));
}

function readEntity(raw: unknown): WithRaw<Entity> {
  const { id: entityId, name = '', reference_id: referenceId, jurisdiction, organization_type, is_primary: isPrimary } = fields.parse(raw);
  return withRaw(
    { id: entityId, name, referenceId, jurisdiction: nameOf(jurisdiction), organizationType: nameOf(organization_type), isPrimary },
    raw,
  );
}

function nameOf(part: unknown): string | undefined {
  return named.parse(part ?? {}).name;
}
