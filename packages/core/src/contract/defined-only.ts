/** Leaves out what is undefined, so that spreading the rest never hides a value that is known from elsewhere. */
export function definedOnly<Facts extends object>(facts: { readonly [Name in keyof Facts]?: Facts[Name] | undefined }): Partial<Facts> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Partial<Facts>;
}
