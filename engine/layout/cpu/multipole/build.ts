import { sortRange } from '../sort.ts';
import { splitRange } from '../split.ts';
import type { Tree } from './strength.ts';
import { type ForceTables, inside, insideStride, mostTasks } from './tables.ts';

/** A subtree of no more bodies is not shared by threads; of many bodies it takes more to make up a task. */
const leastTask = 1024;
const shares = 64;

/**
 * Makes the cells over the bodies where they are now, writes what is inside them, and gives each leaf its slots; returns how
 * many cells there are.
 */
export function buildCells(tables: ForceTables, count: number, leafSize: number): number {
  const tree: Tree = { ...tables, cellCount: 0 };
  sortRange(tree, 0, count);
  splitRange(tree, 0, count, leafSize);
  const { first, last, next, slot, insides } = tree;
  let slots = 0;
  for (let cell = 0; cell < tree.cellCount; cell++) {
    const at = cell * insideStride;
    let cells = 0;
    for (let child = cell + 1; child < next[cell]; child = next[child]) insides[at + cells++] = child;
    insides[at + inside.cells] = cells;
    insides[at + inside.bodies] = last[cell] - first[cell];
    if (cells > 0) continue;
    slot[cell] = slots;
    slots = (slots + last[cell] - first[cell] + 3) & ~3;
  }
  return tree.cellCount;
}

/**
 * Cuts the tree into subtrees, a task each: they depend on the bodies alone, and so do all sums, however many threads there
 * are. Returns how many, and the cells above them in `above`, the outer ones first.
 */
export function cutIntoTasks(tree: Tree, count: number, above: number[]): number {
  const { first, last, next, subtrees, cellCount } = tree;
  for (let most = Math.max(leastTask, count / shares); ; most *= 4) {
    let tasks = 0;
    above.length = 0;
    for (let cell = 0; cell < cellCount && tasks <= mostTasks; ) {
      const isTask = last[cell] - first[cell] <= most || next[cell] === cell + 1;
      if (isTask) subtrees[tasks++] = cell;
      else above.push(cell);
      cell = isTask ? next[cell] : cell + 1;
    }
    if (tasks <= mostTasks) return tasks;
  }
}

/** Cuts the bodies into chunks of about as many links each, a task each; returns how many. */
export function cutIntoChunks({ offsets, chunks }: ForceTables, count: number): number {
  const share = Math.max(leastTask, (offsets[count] + count) / shares);
  let tasks = 0;
  chunks[0] = 0;
  for (let i = 0, work = 0; i < count; i++) {
    work += offsets[i + 1] - offsets[i] + 1;
    // Bodies are moved two at a time.
    if ((work < share || i % 2 === 0) && i < count - 1) continue;
    chunks[++tasks] = i + 1;
    work = 0;
  }
  return tasks;
}
