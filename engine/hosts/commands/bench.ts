import { type Command, InvalidArgumentError, Option } from 'commander';
import { version } from '../../../package.json';
import { IsthmusError, isErrorOfKind } from '../../base/errors.ts';
import { bench, type GraphSize, standardSizes } from '../bench/bench.ts';
import { gpuSubject } from '../bench/gpu-subject.ts';
import { commitHere, nodeMachine, nvidiaDriver } from '../bench/node-machine.ts';
import type { Machine } from '../bench/result.ts';
import { cpuSubject, type Subject } from '../bench/subject.ts';
import { tableOf } from '../bench/table.ts';
import { openDawn } from '../dawn.ts';
import { checkOutput, writeOutput } from '../files.ts';
import type { Run, Start } from '../run.ts';
import { toInteger, toNumber } from './options.ts';

interface BenchCommandOptions {
  readonly quick?: true;
  readonly device: 'auto' | 'cpu' | 'gpu';
  readonly sizes?: readonly GraphSize[];
  readonly budget?: number;
  readonly seed: number;
  readonly output?: string;
  readonly json?: true;
  readonly quiet?: true;
}

/** Seconds, and how many of the standard sizes, unless something else is said. */
const quick = { budget: 60, sizes: standardSizes.slice(0, 3) };
const full = { budget: 900, sizes: standardSizes };

/** `isthmus bench`: how fast layout and relief are here, and how exact. */
export function addBenchCommand(program: Command, start: Start): void {
  program
    .command('bench')
    .description('measure layout and relief on this machine, speed and error side by side')
    .option('--quick', 'fewer rounds and sizes: about a minute')
    .addOption(new Option('--device <kind>', 'what to measure').choices(['auto', 'cpu', 'gpu']).default('auto'))
    .option('--sizes <list>', 'nodes/edges of the graphs, such as 7500/85000,10000/100000', toSizes)
    .option(
      '--budget <seconds>',
      `begin no size that would take longer (default: ${full.budget}, quick ${quick.budget})`,
      toBudget,
    )
    .option('--seed <number>', 'seed of the graphs and starts', toInteger(0), 1)
    .option('-o, --output <file>', 'write the result as JSON; - is stdout')
    .option('--json', 'print the result as JSON on stdout')
    .option('-q, --quiet', 'print no table and no progress')
    .action((options: BenchCommandOptions) => start(options, (run) => measure(run, options)));
}

async function measure(run: Run, options: BenchCommandOptions): Promise<void> {
  const { quick: isQuick = false, output, seed, device, json } = options;
  const { signal, onProgress, terminal } = run;
  const usual = isQuick ? quick : full;
  if (output !== undefined) await checkOutput(output);
  const machine = nodeMachine();
  const subjects = await subjectsFor(device, machine, run);
  try {
    const result = await bench({
      subjects,
      machine,
      version,
      commit: await commitHere(),
      seed,
      isQuick,
      sizes: options.sizes ?? usual.sizes,
      budget: options.budget ?? usual.budget,
      signal,
      onProgress,
    });
    for (const line of tableOf(result)) terminal.note(line);
    const text = `${JSON.stringify(result, undefined, 2)}\n`;
    if (output !== undefined) await writeOutput(output, [new TextEncoder().encode(text)], signal);
    if (json && output !== '-') run.print(text);
  } finally {
    for (const subject of subjects) subject.dispose();
  }
}

/** The processors to measure. `auto` takes the GPU only where it is one; it says why where it does not. */
async function subjectsFor(device: BenchCommandOptions['device'], machine: Machine, run: Run): Promise<Subject[]> {
  const cpu = cpuSubject(machine.cpu);
  if (device === 'cpu') return [cpu];
  const gpu = await openDawn();
  if (device === 'gpu') {
    if (gpu !== undefined) return [await gpuSubject(gpu, nvidiaDriver())];
    throw new IsthmusError('DeviceError', 'WebGPU in Node needs the package webgpu: type npm install webgpu.');
  }
  try {
    const found = await gpuSubject(gpu, nvidiaDriver());
    if (!found.device.isSoftware) return [cpu, found];
    found.dispose();
    run.terminal.note(`The only GPU here is ${found.device.name}; --device gpu measures it.`);
  } catch (error) {
    if (!isErrorOfKind(error, 'DeviceError')) throw error;
    run.terminal.note(`Only the CPU is measured: ${(error as Error).message}`);
  }
  return [cpu];
}

function toSizes(text: string): readonly GraphSize[] {
  return text.split(',').map((size) => {
    const [nodes, edges, ...rest] = size.split('/').map(toInteger(2));
    if (edges === undefined || rest.length > 0) {
      throw new InvalidArgumentError('Expected sizes such as 7500/85000,10000/100000.');
    }
    return { nodes, edges };
  });
}

function toBudget(text: string): number {
  const seconds = toNumber(text);
  if (seconds > 0) return seconds;
  throw new InvalidArgumentError('Expected a number of seconds above 0.');
}
