import { IsthmusError } from '../../../base/errors.ts';
import code from '../kernel/index.ts?wasm';
import sharedCode from '../kernel/index.ts?wasm-shared';
import { createPlainKernel, type Kernel } from './kernel.ts';
import type { ForceTables, Walk } from './tables.ts';

/** The kernel's tables in the order of the parameters of `bind`, of which the first is the number of cells that there is room for. */
const bound = [
  ...(['places', 'forces', 'oldForces', 'velocities', 'mass', 'size', 'stiffness'] as const),
  ...(['offsets', 'ends', 'pulls', 'spheres', 'series', 'records', 'boxes', 'spread'] as const),
  ...(['first', 'last', 'next', 'insides', 'slot', 'order'] as const),
  ...(['slotX', 'slotY', 'slotMass', 'slotSize', 'nearX', 'nearY'] as const),
  ...(['queue', 'pending', 'far', 'near', 'sources'] as const),
  ...(['keys', 'spareOrder', 'spareKeys', 'counters', 'sums'] as const),
] as const;

/** What WASM can do by itself: numbers alone go in. */
type Attract = (from: number, to: number, gravity: number, isStrong: boolean) => void;

interface Exports extends Omit<Kernel, 'attract' | 'push'> {
  bind(blankCell: number, ...addresses: number[]): void;
  attractEvenly: Attract;
  attractLinearly: Attract;
  attractByLogarithm: Attract;
  push(from: number, to: number, task: number, ...by: readonly (number | boolean)[]): void;
}

/** A page of WASM memory, and the most that 32 bits of address reach. */
const pageBytes = 65_536;
const mostPages = 65_535;

/** What is used here of WebAssembly, which the language's own library does not declare. */
interface WasmApi {
  readonly Module: new (code: Uint8Array) => object;
  readonly Memory: new (size: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

interface WasmMemory {
  readonly buffer: ArrayBufferLike;
}

/** Memory that the kernel in WASM works in, and its code. */
export interface WasmRoom {
  readonly memory: WasmMemory;
  readonly module: object;
}

/** Looked up when it is needed: a page may take it away. */
function wasmApi(): WasmApi | undefined {
  return (globalThis as { readonly WebAssembly?: WasmApi }).WebAssembly;
}

/**
 * Room for so many bytes; undefined where the machine or the page's content security policy (it takes 'wasm-unsafe-eval')
 * has no WASM with SIMD, or there are more bytes than it can address.
 */
export function openWasmRoom(bytes: number, isShared: boolean): WasmRoom | undefined {
  const api = wasmApi();
  const pages = Math.ceil(bytes / pageBytes);
  if (api === undefined || pages > mostPages) return undefined;
  try {
    const module = compile(api, isShared);
    return {
      module,
      memory: new api.Memory({ initial: pages, maximum: isShared ? mostPages : pages, shared: isShared }),
    };
  } catch {
    return undefined;
  }
}

const modules = new Map<boolean, object>();

function compile(wasm: WasmApi, isShared: boolean): object {
  const known = modules.get(isShared);
  if (known !== undefined) return known;
  const binary = atob(isShared ? sharedCode : code);
  const module = new wasm.Module(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
  modules.set(isShared, module);
  return module;
}

/** The kernel in WASM with SIMD over the tables in its memory; sizes in attraction, which are rare, are left to the plain form. */
export function createWasmKernel({ memory, module }: WasmRoom, tables: ForceTables, walk: Walk): Kernel {
  const api = wasmApi();
  if (api === undefined) throw new IsthmusError('DeviceError', 'There is no WebAssembly in this thread.');
  const kernel = new api.Instance(module, { env: { memory } }).exports as Exports;
  const views = { ...tables, ...walk };
  kernel.bind(tables.first.length, ...bound.map((name) => views[name].byteOffset));
  const plain = createPlainKernel(tables, walk);
  const attracts = [kernel.attractEvenly, kernel.attractLinearly, kernel.attractByLogarithm] as const;
  return {
    build: kernel.build,
    gather: kernel.gather,
    interact: kernel.interact,
    spread: kernel.spread,
    measure: kernel.measure,
    integrate: kernel.integrate,
    attract(from, to, mode, gravity) {
      const attract = attracts[mode];
      if (attract === undefined) plain.attract(from, to, mode, gravity);
      else attract(from, to, gravity.gravity, gravity.strongGravityMode);
    },
    push(from, to, task, { inertia, stride, longest, gravity, strongGravityMode }) {
      kernel.push(from, to, task, inertia, stride, longest, gravity, strongGravityMode);
    },
  };
}
