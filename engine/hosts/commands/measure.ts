import type { Command } from 'commander';
import { isSpread } from '../../base/box.ts';
import { IsthmusError } from '../../base/errors.ts';
import { type PackedGraph, type Positions, positionsOf } from '../../graph/packed-graph.ts';
import { type PlanSettings, planSettings } from '../../layout/plan.ts';
import type { Measures } from '../../structure/measures/measure.ts';
import { createNodeEngine } from '../node-engine.ts';
import type { Run, Start } from '../run.ts';
import { count, duration } from '../terminal.ts';
import { total } from './layout.ts';
import {
  addCommonOptions,
  addForceOptions,
  type CommonOptions,
  checkLayoutOptions,
  optionAdder,
  settingsOf,
  toInteger,
} from './options.ts';
import { readFile } from './read.ts';

interface MeasureCommandOptions extends CommonOptions, PlanSettings {
  readonly seed: number;
}

/** `isthmus measure FILE`: how good a layout is, in numbers. */
export function addMeasureCommand(program: Command, start: Start): void {
  const command = program
    .command('measure')
    .description('say in numbers how good the layout in a file is')
    .argument('<file>', 'a graph with positions, or - for stdin')
    .action((file: string, options: MeasureCommandOptions) => start(options, (run) => measureFile(run, file, options)));
  const add = optionAdder(command, 'Measures:');
  add('--seed <number>', 'seed of what is sampled and of the communities', toInteger(0), 1);
  addCommonOptions(addForceOptions(command, 'Forces whose energy counts (default: Gephi’s):'));
}

async function measureFile(run: Run, file: string, options: MeasureCommandOptions): Promise<void> {
  checkLayoutOptions(options);
  const read = await readFile(run, file, options);
  const positions = placesOf(read.graph, file);
  const measures = await runMeasure(run, read.graph, positions, options);
  if (!options.json) run.print(tableOf(measures));
  else {
    const { milliseconds } = run;
    const { format, warnings } = read;
    run.print(`${JSON.stringify({ input: file, format, ...measures, warnings, milliseconds })}\n`);
  }
  run.terminal.note(`Measured ${file} in ${duration(total(run))}.`);
}

function placesOf(graph: PackedGraph, file: string): Positions {
  const positions = positionsOf(graph);
  if (positions !== undefined && (graph.nodeCount < 2 || isSpread(positions))) return positions;
  const found = positions === undefined ? 'has no positions' : 'has all nodes in one place';
  throw new IsthmusError('InputError', `${file} ${found}, so there is no layout to measure: run isthmus layout first.`);
}

function runMeasure(
  run: Run,
  graph: PackedGraph,
  positions: Positions,
  options: MeasureCommandOptions,
): Promise<Measures> {
  const { signal, onProgress } = run;
  return run.time('measure', async () => {
    const engine = createNodeEngine();
    try {
      return await engine.measure(graph, positions, {
        seed: options.seed,
        settings: planSettings(graph, settingsOf(options)),
        ...{ signal, onProgress },
      });
    } finally {
      engine.dispose();
    }
  });
}

/** One line a measure: what it is called, its value, and what that means or how much was looked at. */
function tableOf(measures: Measures): string {
  const { closeness, neighbourhoodPreservation, stress, edgeLengths, nonlocalShare, energyParts, equilibrium } =
    measures;
  const all = measures.nodes === energyParts.sampledNodes;
  const lines = [
    [
      'connected-closeness',
      closeness.applicable ? figure(closeness.cMax) : 'not applicable',
      `within ${significant(closeness.deltaMax)} lie ${percent(closeness.edgesWithin)} of the edges and ${percent(closeness.pairsWithin)} of ${closeness.exact ? 'all' : 'a sample of'} ${count(closeness.samples, 'node pair')}`,
    ],
    [
      'neighbourhood preservation',
      figure(neighbourhoodPreservation.value),
      `neighbours among the nearest, mean over ${neighbourhoodPreservation.exact ? 'all' : 'a sample of'} ${count(neighbourhoodPreservation.nodes, 'node')} with edges`,
    ],
    [
      'stress',
      figure(stress.value),
      `0 is best; at ${significant(1 / stress.scale)} layout units an edge, from ${stress.exact ? 'all' : 'a sample of'} ${count(stress.pivots, 'node')}`,
    ],
    [
      'edge-length uniformity',
      figure(edgeLengths.uniformity),
      `0 is best; the mean length is ${significant(edgeLengths.mean)}`,
    ],
    [
      'nonlocal edges',
      percent(nonlocalShare),
      `longer than ${significant(closeness.deltaMax)} and between two communities`,
    ],
    [
      'energy',
      measures.energy.toExponential(6),
      `under the settings asked for, ${all ? 'exact' : `repulsion from a sample of ${count(energyParts.sampledNodes, 'node')}`}`,
    ],
    [
      'energy gap',
      percent(equilibrium.gap),
      equilibrium.bestScale === null
        ? 'no size is in balance'
        : `what size alone costs: in balance at ${significant(equilibrium.bestScale)} times the size (virial ratio ${significant(equilibrium.virialRatio)})`,
    ],
    ['residual force', percent(equilibrium.residualForce), 'of repulsion is not cancelled: 0 at rest'],
  ];
  const widths = [0, 1].map((column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map(([name, value, meaning]) => `${name.padEnd(widths[0])}  ${value.padStart(widths[1])}  ${meaning}\n`)
    .join('');
}

function figure(value: number | null): string {
  return value === null ? 'none' : value.toFixed(3);
}

function percent(share: number | null): string {
  return share === null ? 'none' : `${Number((100 * share).toPrecision(3))} %`;
}

function significant(value: number | null): string {
  return value === null || !Number.isFinite(value) ? 'none' : String(Number(value.toPrecision(3)));
}
