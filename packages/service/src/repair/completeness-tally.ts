import type { ContractRow } from '@spotdraft-archive/core';
import { type AssessedContract, assessBatches, type Survey } from './assess-contracts.ts';
import type { CompletenessException, CompletenessOptions } from './completeness.ts';
import { ContractNumbers } from './contract-numbers.ts';
import type { DateWindow } from './date-range.ts';
import { mostAsked, type WaitingContract } from './oldest-exception.ts';
import { withoutDated } from './undated-contracts.ts';
import { UnresolvedRows } from './unresolved-rows.ts';

/** So many exceptions are kept; all are counted, and told. */
const keptExceptions = 10_000;

/** Counts executed contracts and what they lack, window by window, each contract once. */
export class CompletenessTally {
  readonly #options: CompletenessOptions;
  readonly #survey: Survey;
  readonly #seen = new ContractNumbers();
  readonly #unresolved = new UnresolvedRows();
  readonly #archived: Record<string, number>;
  readonly #exceptions: CompletenessException[] = [];
  readonly #waiting: WaitingContract[] = [];
  #oldestUndated: WaitingContract | undefined;
  #undated = 0;
  #unrouted = 0;
  #exceptionCount = 0;

  constructor(options: CompletenessOptions, survey: Survey) {
    this.#options = options;
    this.#survey = survey;
    this.#archived = Object.fromEntries(Object.keys(survey.destinations).map((name) => [name, 0]));
  }

  get executed(): number {
    return this.#seen.size + this.#unresolved.size;
  }

  get undated(): number {
    return this.#undated;
  }

  get unrouted(): number {
    return this.#unrouted;
  }

  get archived(): Readonly<Record<string, number>> {
    return this.#archived;
  }

  get exceptionCount(): number {
    return this.#exceptionCount;
  }

  get exceptions(): readonly CompletenessException[] {
    return this.#exceptions;
  }

  /** The exceptions among which the oldest is. */
  get waiting(): readonly WaitingContract[] {
    return this.#oldestUndated ? [...this.#waiting, this.#oldestUndated] : this.#waiting;
  }

  /** Windows have to come oldest first. */
  async takeExecuted(window: DateWindow): Promise<void> {
    // The oldest exception is in the first window that has any.
    const isFirst = this.#exceptionCount === 0;
    for await (const { contracts, unresolved } of this.#list('execution', window)) {
      const gaps = [...this.#gapsIn(contracts), ...this.#unclear(unresolved)];
      for (const { exception, executedAt } of isFirst ? gaps.slice(0, mostAsked - this.#waiting.length) : [])
        this.#waiting.push({ contractId: exception.contractId, executedAt, executedFrom: window.from });
      await this.#note(gaps);
    }
  }

  /** To be called when everything executed was taken: what was not taken is undated, or belongs to another range. */
  async takeUndated(window: DateWindow): Promise<void> {
    for await (const { contracts, unresolved } of this.#list('creation', window)) {
      const unseen = contracts.filter(({ contractId }) => !this.#seen.has(contractId));
      const undated = await withoutDated(unseen, this.#survey, this.#options.signal);
      this.#undated += undated.length;
      const gaps = this.#gapsIn(undated);
      for (const { exception, createdAt = window.from } of gaps) {
        if (this.#oldestUndated?.executedAt && this.#oldestUndated.executedAt <= createdAt) continue;
        this.#oldestUndated = { contractId: exception.contractId, executedAt: createdAt, executedFrom: window.from };
      }
      await this.#note([...gaps, ...this.#unclear(unresolved)]);
    }
  }

  #list(by: 'execution' | 'creation', window: DateWindow): ReturnType<typeof assessBatches> {
    return assessBatches({ ...this.#survey, by, window, signal: this.#options.signal });
  }

  /** Counts contracts, and answers what they lack. */
  #gapsIn(contracts: readonly AssessedContract[]): readonly Gap[] {
    const gaps: Gap[] = [];
    for (const { contractId, row, destinations, lacking, damaged, executedAt, job = 'none' } of contracts) {
      if (this.#seen.has(contractId)) continue;
      this.#seen.add(contractId);
      if (destinations.length === 0) this.#unrouted += 1;
      const missing = [...lacking, ...damaged];
      for (const name of destinations) if (!missing.includes(name)) this.#archived[name] = (this.#archived[name] ?? 0) + 1;
      if (missing.length > 0) gaps.push({ exception: { contractId, destinations: missing, job }, executedAt, createdAt: row.createdAt });
    }
    return gaps;
  }

  #unclear(rows: readonly ContractRow[]): readonly Gap[] {
    const destinations = Object.keys(this.#survey.destinations);
    return this.#unresolved.add(rows).map(({ numericId, createdAt }) => ({
      exception: { contractId: String(numericId), destinations, job: 'none' },
      executedAt: undefined,
      createdAt,
    }));
  }

  async #note(gaps: readonly Gap[]): Promise<void> {
    if (gaps.length === 0) return;
    const exceptions = gaps.map(({ exception }) => exception);
    this.#exceptionCount += exceptions.length;
    this.#exceptions.push(...exceptions.slice(0, keptExceptions - this.#exceptions.length));
    await this.#options.onExceptions?.(exceptions);
  }
}

interface Gap {
  readonly exception: CompletenessException;
  /** As the index has it. */
  readonly executedAt: Date | undefined;
  readonly createdAt: Date | undefined;
}
