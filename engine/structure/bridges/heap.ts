/** A queue from which the item of the least key comes first; among equal keys any. */
export interface Heap {
  push(item: number, key: number): void;
  pop(): number | undefined;
}

/** A binary heap. */
export function createHeap(): Heap {
  const items: number[] = [];
  const keys: number[] = [];
  const swap = (i: number, j: number): void => {
    [items[i], items[j]] = [items[j], items[i]];
    [keys[i], keys[j]] = [keys[j], keys[i]];
  };
  return {
    push(item, key) {
      let at = items.push(item) - 1;
      keys.push(key);
      for (let up = (at - 1) >> 1; at > 0 && keys[up] > keys[at]; up = (at - 1) >> 1) {
        swap(at, up);
        at = up;
      }
    },
    pop() {
      if (items.length === 0) return undefined;
      swap(0, items.length - 1);
      const item = items.pop();
      keys.pop();
      for (let at = 0; ; ) {
        let least = at;
        for (let child = 2 * at + 1; child <= 2 * at + 2; child++) {
          if (child < items.length && keys[child] < keys[least]) least = child;
        }
        if (least === at) return item;
        swap(at, least);
        at = least;
      }
    },
  };
}
