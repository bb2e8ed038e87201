/** One metadata value of a contract. Which ones exist depends on the contract type and the customer. */
export interface KeyPointer {
  readonly id?: string | undefined;
  /** Stable name, such as `effective_date`. */
  readonly fieldName: string;
  /** What people see, such as `Effective date`. */
  readonly label?: string | undefined;
  readonly dataType?: string | undefined;
  readonly formatOption?: unknown;
  /** A number, a text, true or false, a list or an object, by the data type; `null` when it is not filled in. */
  readonly value: unknown;
}
