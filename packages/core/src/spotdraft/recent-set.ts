/** Remembers the last `capacity` texts, so that its size does not grow with what passes. */
export interface RecentSet {
  /** Adds a text; false when it is remembered already. */
  add(text: string): boolean;
}

export function createRecentSet(capacity: number): RecentSet {
  const remembered = new Set<string>();
  return {
    add(text) {
      if (remembered.has(text)) return false;
      if (remembered.size >= capacity) {
        const [oldest = text] = remembered;
        remembered.delete(oldest);
      }
      remembered.add(text);
      return true;
    },
  };
}
