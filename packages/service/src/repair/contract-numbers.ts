import { parseContractId } from '@spotdraft-archive/core';

/** A set of contract ids that takes a few bytes for each. */
export class ContractNumbers {
  readonly #numbers = new Set<number>();

  get size(): number {
    return this.#numbers.size;
  }

  add(contractId: string): void {
    this.#numbers.add(numberOf(contractId));
  }

  has(contractId: string): boolean {
    return this.#numbers.has(numberOf(contractId));
  }
}

/** Historical contracts have numbers of their own: they are the negative ones. */
function numberOf(contractId: string): number {
  const { prefix, number } = parseContractId(contractId);
  return prefix === 'H' ? -number : number;
}
