import { type Command, InvalidArgumentError, Option } from 'commander';
import { IsthmusError } from '../../base/errors.ts';
import { pack } from '../../graph/packed-graph.ts';
import type { DeviceChoice } from '../../layout/layout.ts';
import { type Iterations, type PlanSettings, planSettings } from '../../layout/plan.ts';

/** Reads a finite number for commander. */
export function toNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('Expected a number.');
  return value;
}

/** Reads a whole number of `low` or more for commander. */
export function toInteger(low: number): (text: string) => number {
  return (text) => {
    const value = toNumber(text);
    if (!Number.isSafeInteger(value) || value < low) {
      throw new InvalidArgumentError(`Expected a whole number of ${low} or more.`);
    }
    return value;
  };
}

/** Reads a number of iterations, or `auto`, for commander. */
export function toIterations(text: string): Iterations {
  return text === 'auto' ? text : toInteger(0)(text);
}

/** Reads a gravity, or `auto`, for commander. */
function toGravity(text: string): number | 'auto' {
  return text === 'auto' ? text : toNumber(text);
}

/** What every command takes. */
export interface CommonOptions {
  readonly json?: true;
  readonly quiet?: true;
  readonly inputFormat?: string;
  readonly nodes?: string;
}

export function addCommonOptions(command: Command): Command {
  return command
    .option('--input-format <name>', 'the format of FILE, where its content does not tell')
    .option('--nodes <file>', 'a table of nodes (CSV or TSV) that goes with an edge list')
    .option('--json', 'print one JSON object on stdout')
    .option('-q, --quiet', 'print nothing but warnings and errors on stderr');
}

/** Adds options to one group of a command's help. */
export function optionAdder(
  command: Command,
  group: string,
): (flags: string, text: string, parse?: (value: string) => unknown, byDefault?: unknown) => Option {
  return (flags, text, parse, byDefault) => {
    const option = new Option(flags, text).helpGroup(group);
    if (parse !== undefined) option.argParser(parse);
    if (byDefault !== undefined) option.default(byDefault);
    command.addOption(option);
    return option;
  };
}

type Named = readonly (readonly [flag: string, text: string])[];

const numbers: Named = [
  ['--scaling-ratio <number>', 'strength of repulsion, above 0 (default: 2, under 100 nodes 10)'],
  ['--edge-weight-influence <number>', 'exponent of the edge weight, 0 ignores it (default: 1)'],
  ['--jitter-tolerance <number>', 'how much swinging is allowed for speed (default: 1)'],
  ['--barnes-hut-theta <number>', 'coarseness of Barnes-Hut repulsion (default: 1.2)'],
];
const switches: Named = [
  ['--lin-log-mode', 'attraction by the logarithm of distance: tighter clusters'],
  ['--strong-gravity-mode', 'gravity grows with distance'],
  ['--outbound-attraction-distribution', 'dissuade hubs'],
  ['--adjust-sizes', 'prevent overlap'],
  ['--normalize-edge-weights', 'spread weights over 0 to 1 first'],
  ['--inverted-edge-weights-mode', 'large weights mean far'],
];
/** Flags of Gephi's toolkit for which there is nothing to set here. */
const ignored: Named = [
  ['--barnes-hut-splits <number>', ''],
  ['--barnes-hut-update-iter <number>', ''],
  ['--update-center', ''],
  ['--2d', ''],
  ['--directed', ''],
];

/** How long and from where a layout runs. */
export interface LayoutOptions extends PlanSettings {
  readonly iterations?: Iterations;
  readonly components?: 'packed' | 'together';
  readonly seed: number;
  readonly device: DeviceChoice;
  readonly threads?: number;
}

/** The settings of ForceAtlas2 by Gephi's names, `--iterations` and `--seed`. */
export function addLayoutOptions(command: Command): Command {
  const group = 'Layout (ForceAtlas2; Gephi’s names in camel case work too):';
  const add = optionAdder(command, group);
  add(
    '--iterations <number>',
    'how many steps, also --nsteps; auto: until the layout is at rest (default: auto)',
    toIterations,
  );
  add('--seed <number>', 'seed of the random start; the same seed gives the same layout', toInteger(0), 1);
  add('--device <kind>', 'auto: on a real GPU if there is one; gpu: on any; cpu')
    .choices(['auto', 'gpu', 'cpu'])
    .default('auto');
  add('--threads <number>', 'most threads on the CPU, also --nthreads (default: all, up to 8)', toInteger(1));
  addForceOptions(command, group);
  add('--repulsion <mode>', 'how repulsion is summed').choices(['exact', 'barnes-hut', 'multipole']);
  add(
    '--rule <name>',
    'how forces become steps: momentum comes to rest, gephi and graphology are those programs’ (default: momentum; `layout` with a number of iterations: gephi)',
  ).choices(['momentum', 'gephi', 'graphology']);
  add(
    '--components <how>',
    'packed: components apart, side by side; together: all repel each other (default: packed; gephi and graphology: together)',
  ).choices(['packed', 'together']);
  for (const [flags, text] of ignored) add(flags, text).hideHelp();
  return command;
}

/** The settings that say what the forces are, as a group of a command's help. */
export function addForceOptions(command: Command, group: string): Command {
  const add = optionAdder(command, group);
  for (const [flags, text] of numbers) add(flags, text, toNumber);
  add(
    '--gravity <number>',
    'pull towards the middle, 0 or more; auto: a strong one that holds as much as the edges do (default: 1; `map` chooses its own)',
    toGravity,
  );
  for (const [flags, text] of switches) {
    add(flags, text);
    add(flags.replace('--', '--no-'), '').hideHelp();
  }
  return command;
}

/** The settings that were given on the command line, and only those. */
export function settingsOf(options: PlanSettings): PlanSettings {
  const given: [string, unknown][] = [];
  const flags = [...numbers, ...switches, ['--gravity', ''], ['--repulsion', ''], ['--rule', '']] as const;
  for (const [flag] of flags) {
    const name = optionName(flag);
    const value = options[name as keyof PlanSettings];
    if (value !== undefined) given.push([name, value]);
  }
  return Object.fromEntries(given);
}

/** Refuses settings out of their range before the file is read. @throws UsageError. */
export function checkLayoutOptions(options: PlanSettings): void {
  planSettings(pack({ ids: [], edges: new Uint32Array(0) }), settingsOf(options));
}

/** The flags that were given and change nothing, as sentences. */
export function remarksOn(options: LayoutOptions): string[] {
  const given = new Set(Object.keys(options));
  return ignored
    .filter(([flag]) => given.has(optionName(flag)))
    .map(([flag]) => `${flag.split(' ')[0]} is accepted for Gephi’s sake and changes nothing here.`);
}

function optionName(flags: string): string {
  return new Option(flags).attributeName();
}

/** Refuses an option value that only the command can judge. */
export function refuse(message: string): never {
  throw new IsthmusError('UsageError', message);
}
