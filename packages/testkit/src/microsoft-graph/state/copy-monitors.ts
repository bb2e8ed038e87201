import { randomUUID } from 'node:crypto';

interface AskedCopy {
  readonly resourceId: string;
  looks: number;
}

/** Copies that were asked for, by the id in the address where one asks how they stand. */
export class CopyMonitors {
  readonly #copies = new Map<string, AskedCopy>();

  begin(resourceId: string): string {
    const id = randomUUID();
    this.#copies.set(id, { resourceId, looks: 0 });
    return id;
  }

  /** The first look finds the copy still on its way. `undefined`: no such copy. */
  look(id: string): { readonly resourceId: string; readonly isDone: boolean } | undefined {
    const copy = this.#copies.get(id);
    if (copy === undefined) return undefined;
    copy.looks += 1;
    return { resourceId: copy.resourceId, isDone: copy.looks > 1 };
  }
}
