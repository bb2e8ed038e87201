/**
 * The names of the properties that core keeps with a copy, most important first. For stores in which fields or columns have to be made before
 * they can be filled.
 */
export const propertyNames = [
  'contractId',
  'versionId',
  'document',
  'sha256',
  'source',
  'title',
  'contractType',
  'counterparties',
  'executedAt',
  'referenceId',
  'entity',
  'owner',
  'createdAt',
] as const;

export type PropertyName = (typeof propertyNames)[number];
