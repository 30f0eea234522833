import { bytesOf, viewsOf } from '../arena.ts';
import { createPerform, type Perform } from './jobs.ts';
import { createPlainKernel, type Kernel } from './kernel.ts';
import { type ForceTables, forceTables, walkTables } from './tables.ts';
import { createWasmKernel, openWasmRoom, type WasmRoom } from './wasm.ts';

/** What the memory of a layout is laid out by. */
export interface Dimensions {
  readonly count: number;
  readonly links: number;
  readonly threads: number;
}

/** The memory of a layout; it can be sent to other threads if it is shared. */
export interface Room {
  readonly dimensions: Dimensions;
  readonly buffer: ArrayBufferLike;
  /** Where there is WASM its memory, whose buffer that is. */
  readonly wasm: WasmRoom | undefined;
}

/** Tables begin here: the first bytes of WASM's memory are left to its compiler. */
const start = 1024;

/** Room for all tables and the walks of all threads, in WASM's memory where there is one and `withWasm`. */
export function openRoom(dimensions: Dimensions, withWasm: boolean): Room {
  const { count, links, threads } = dimensions;
  const bytes = start + bytesOf(forceTables(count, links)) + threads * bytesOf(walkTables(count));
  const isShared = threads > 1;
  const wasm = withWasm ? openWasmRoom(bytes, isShared) : undefined;
  const buffer = wasm?.memory.buffer ?? (isShared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
  return { dimensions, buffer, wasm };
}

/** What one thread has of a room: the tables, its kernel, and what does tasks by it. */
export interface Place {
  readonly tables: ForceTables;
  readonly kernel: Kernel;
  readonly perform: Perform;
}

export function enterRoom(room: Room, thread: number): Place {
  const { count, links } = room.dimensions;
  const shape = forceTables(count, links);
  const walkShape = walkTables(count);
  const tables = viewsOf(shape, room.buffer, start);
  const walk = viewsOf(walkShape, room.buffer, start + bytesOf(shape) + thread * bytesOf(walkShape));
  const kernel = room.wasm === undefined ? createPlainKernel(tables, walk) : createWasmKernel(room.wasm, tables, walk);
  return { tables, kernel, perform: createPerform(tables, kernel) };
}
