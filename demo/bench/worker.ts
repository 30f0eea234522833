import {
  type BenchResult,
  bench,
  cpuSubject,
  gpuSubject,
  type Machine,
  type Subject,
  standardSizes,
} from '../../engine/index.ts';
import { version } from '../../package.json';

/** What the page asks for. */
export interface Order {
  readonly device: 'auto' | 'cpu' | 'gpu';
  /** How many of the standard sizes, from the smallest on. */
  readonly sizes: number;
  readonly machine: Machine;
}

/** What the worker tells. */
export type News =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'result'; readonly result: BenchResult }
  | { readonly kind: 'failure'; readonly message: string };

/** Seconds after which no further size is begun. */
const budget = 300;

const tell = (news: News) => postMessage(news);

addEventListener('message', async ({ data }: MessageEvent<Order>) => {
  try {
    tell({ kind: 'result', result: await measure(data) });
  } catch (error) {
    tell({ kind: 'failure', message: error instanceof Error ? error.message : String(error) });
  }
});

async function measure({ device, sizes, machine }: Order): Promise<BenchResult> {
  const subjects = await subjectsFor(device, machine);
  try {
    return await bench({
      subjects,
      machine,
      version,
      commit: null,
      seed: 1,
      isQuick: true,
      sizes: standardSizes.slice(0, sizes),
      budget,
      onProgress: ({ done, total }) => tell({ kind: 'progress', done, total }),
    });
  } finally {
    for (const subject of subjects) subject.dispose();
  }
}

/** The GPU is left out of `auto` where it is software, or where there is none. */
async function subjectsFor(device: Order['device'], machine: Machine): Promise<Subject[]> {
  const cpu = cpuSubject(machine.cpu);
  if (device === 'cpu') return [cpu];
  if (device === 'gpu') return [await gpuSubject(navigator.gpu, null)];
  try {
    const gpu = await gpuSubject(navigator.gpu, null);
    if (!gpu.device.isSoftware) return [cpu, gpu];
    gpu.dispose();
    tell({ kind: 'note', text: `The only GPU here is ${gpu.device.name}: it is left out.` });
  } catch (error) {
    tell({ kind: 'note', text: `Only the CPU is measured: ${error instanceof Error ? error.message : String(error)}` });
  }
  return [cpu];
}
