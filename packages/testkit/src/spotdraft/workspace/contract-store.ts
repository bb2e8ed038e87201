import type { EmulatedContract } from './contract.ts';

/** The contracts of a workspace, newest first. */
export class ContractStore {
  readonly #byId = new Map<string, EmulatedContract>();
  readonly #newestFirst: EmulatedContract[] = [];

  get newestFirst(): readonly EmulatedContract[] {
    return this.#newestFirst;
  }

  find(id: string): EmulatedContract | undefined {
    return this.#byId.get(id);
  }

  /** Throws a `RangeError` when there is none. */
  get(id: string): EmulatedContract {
    const contract = this.#byId.get(id);
    if (contract === undefined) throw new RangeError(`The emulated workspace has no contract ${id}.`);
    return contract;
  }

  add(contract: EmulatedContract): void {
    if (this.#byId.has(contract.id)) throw new RangeError(`The emulated workspace has a contract ${contract.id} already.`);
    this.#byId.set(contract.id, contract);
    this.#newestFirst.splice(this.#placeOf(contract), 0, contract);
  }

  remove(contract: EmulatedContract): void {
    this.#byId.delete(contract.id);
    this.#newestFirst.splice(this.#newestFirst.indexOf(contract), 1);
  }

  /** The first place whose contract is not newer. */
  #placeOf(contract: EmulatedContract): number {
    let [low, high] = [0, this.#newestFirst.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#newestFirst[middle]?.createdAt ?? 0) > contract.createdAt) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
