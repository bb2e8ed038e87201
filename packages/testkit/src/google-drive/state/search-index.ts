import type { EmulatorClock } from '../../emulator/index.ts';
import type { DriveItem } from './drive-item.ts';

/** What the search knew of an item when it last looked: all but its folder, which is always up to date. */
export interface IndexedItem {
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly appProperties: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** The index behind searches by name and property. It learns of a change only some time later. */
export class SearchIndex {
  readonly #clock: EmulatorClock;
  readonly #lagMs: number;
  readonly #indexed = new Map<string, IndexedItem>();
  readonly #changes: { readonly item: DriveItem; readonly visibleAt: number }[] = [];

  constructor({ clock, lagMs }: { readonly clock: EmulatorClock; readonly lagMs: number }) {
    this.#clock = clock;
    this.#lagMs = lagMs;
  }

  note(item: DriveItem): void {
    this.#changes.push({ item, visibleAt: this.#clock.now() + this.#lagMs });
  }

  get(id: string): IndexedItem | undefined {
    while (this.#changes[0] !== undefined && this.#changes[0].visibleAt <= this.#clock.now()) this.#takeIn();
    return this.#indexed.get(id);
  }

  /** Learns of everything at once. */
  settle(): void {
    while (this.#changes.length > 0) this.#takeIn();
  }

  #takeIn(): void {
    const change = this.#changes.shift();
    if (change === undefined) return;
    const { id, name, properties, appProperties } = change.item;
    const copies = [...appProperties].map(([project, values]) => [project, new Map(values)] as const);
    this.#indexed.set(id, { name, properties: new Map(properties), appProperties: new Map(copies) });
  }
}
