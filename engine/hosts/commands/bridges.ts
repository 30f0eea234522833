import type { Command } from 'commander';
import { isSpread } from '../../base/box.ts';
import { labelOf, type PackedGraph, type Positions, positionsOf } from '../../graph/packed-graph.ts';
import { mapPlan } from '../../layout/plan.ts';
import { annotationsOf } from '../../map/annotations/from-bridges.ts';
import { writeAnnotations } from '../../map/annotations/geojson.ts';
import { type Bridge, type BridgeKind, type Bridges, bridgeKinds } from '../../structure/bridges/kinds.ts';
import { checkOutput, writeOutput } from '../files.ts';
import type { Run, Start } from '../run.ts';
import { count, duration, plain } from '../terminal.ts';
import { bridgesIn } from './annotations.ts';
import { printSummary, runLayout, total } from './layout.ts';
import {
  addCommonOptions,
  addLayoutOptions,
  type CommonOptions,
  checkLayoutOptions,
  type LayoutOptions,
  optionAdder,
  refuse,
  remarksOn,
  settingsOf,
  toInteger,
} from './options.ts';
import { readFile } from './read.ts';

interface BridgesCommandOptions extends CommonOptions, LayoutOptions {
  readonly output?: string;
  readonly top: number;
}

/** `isthmus bridges FILE`: what connects far clusters, and what only seems to. */
export function addBridgesCommand(program: Command, start: Start): void {
  const command = program
    .command('bridges')
    .description('find bridges between far clusters, artifacts that only look like some, and landmarks')
    .argument('<file>', 'a graph, or - for stdin; laid out first if it has no positions')
    .option('-o, --output <file>', 'the GeoJSON to write (.geojson, .json), - is stdout')
    .action((file: string, options: BridgesCommandOptions) => start(options, (run) => bridgesOf(run, file, options)));
  optionAdder(command, 'Bridges:')('--top <number>', 'how many of each are listed', toInteger(0), 20);
  addCommonOptions(addLayoutOptions(command));
}

async function bridgesOf(run: Run, file: string, options: BridgesCommandOptions): Promise<void> {
  const { output } = options;
  if (output !== undefined && output !== '-' && !/\.(geo)?json$/i.test(output)) {
    refuse(`Bridges are written as GeoJSON, but ${output} does not end in .geojson or .json.`);
  }
  checkLayoutOptions(options);
  if (output !== undefined) await checkOutput(output);
  for (const remark of remarksOn(options)) run.terminal.note(remark);
  const { graph, format, warnings } = await readFile(run, file, options);
  const positions = await place(run, graph, options);
  const found = await bridgesIn(run, graph, positions, options.seed);
  if (output !== undefined) {
    const text = new TextEncoder().encode(writeAnnotations(annotationsOf(graph, found)));
    await run.time('write', () => writeOutput(output, [text], run.signal));
  }
  const { nodeCount: nodes, edgeCount: edges } = graph;
  if (options.json) {
    const summary = { input: file, format, nodes, edges, seed: options.seed, delta: found.delta };
    const bridges = found.bridges.map((bridge) => plainBridge(graph, bridge));
    printSummary(run, output ?? '', { ...summary, communities: found.communities.count, bridges, warnings });
  } else if (output !== '-') run.print(listOf(graph, found, options.top));
  run.terminal.note(
    `Found ${count(found.bridges.length, 'feature')} in ${count(nodes, 'node')} and ${count(edges, 'edge')} in ${duration(total(run))}.`,
  );
}

/** Positions of the file where it has some, else those that `map` would make. */
async function place(run: Run, graph: PackedGraph, options: BridgesCommandOptions): Promise<Positions> {
  const inFile = positionsOf(graph);
  if (inFile !== undefined && (isSpread(inFile) || graph.nodeCount < 2)) {
    run.terminal.note('Positions: as in the file.');
    return inFile;
  }
  run.terminal.note(`Positions: a new layout by ForceAtlas2, seed ${options.seed}.`);
  const plan = mapPlan(graph, options.iterations, settingsOf(options));
  return (await runLayout(run, graph, plan, { seed: options.seed, device: options.device, threads: options.threads }))
    .positions;
}

/** A bridge for a reader in another language: ids instead of indices, places as pairs. */
function plainBridge(graph: PackedGraph, { ends, nodes, middle, edges, paths, ...rest }: Bridge): object {
  const idsOf = (indices: Uint32Array) => Array.from(indices, (node) => graph.ids[node]);
  return {
    ...rest,
    ends: ends.map((end) => ({ ...end, nodes: idsOf(end.nodes) })),
    nodes: idsOf(nodes),
    middle: idsOf(middle),
    edges: Array.from(edges),
    paths: paths.map((path) => Array.from({ length: path.length / 2 }, (_, i) => [path[2 * i], path[2 * i + 1]])),
  };
}

const artifactKinds: readonly BridgeKind[] = ['artifact', 'into-nothingness'];
const others: readonly BridgeKind[] = ['landmark', 'stretched', 'not-annotatable'];

/** The strongest of each sort, a line or two each. */
function listOf(graph: PackedGraph, { bridges }: Bridges, top: number): string {
  const isBridge = (kind: BridgeKind) => !artifactKinds.includes(kind) && !others.includes(kind);
  const sections: [title: string, list: Bridge[]][] = [
    ['Bridges', bridges.filter(({ kind }) => isBridge(kind))],
    ['Artifacts, which only one node makes', bridges.filter(({ kind }) => artifactKinds.includes(kind))],
    ['Landmarks', bridges.filter(({ kind }) => kind === 'landmark')],
    ['Stretched', bridges.filter(({ kind }) => kind === 'stretched')],
    ['Not annotatable', bridges.filter(({ kind }) => kind === 'not-annotatable')],
  ];
  const lines = sections
    .filter(([, list]) => list.length > 0)
    .flatMap(([title, list]) => {
      const strongest = [...list].sort((a, b) => b.strength - a.strength).slice(0, top);
      const shown = strongest.length < list.length ? ` (${strongest.length} of ${list.length})` : ` (${list.length})`;
      return [title + shown, ...strongest.flatMap((bridge) => linesOf(graph, bridge)), ''];
    });
  const kinds = bridgeKinds.map((kind) => [kind, bridges.filter((bridge) => bridge.kind === kind).length] as const);
  const summary = kinds.filter(([, number]) => number > 0).map(([kind, number]) => `${kind} ${number}`);
  return [...lines, `Kinds: ${summary.join(', ') || 'none'}.`, ''].map((line) => `${plain(line)}\n`).join('');
}

function linesOf(graph: PackedGraph, bridge: Bridge): string[] {
  const { kind, ends, nodes, strength, description } = bridge;
  const names = ends.map(({ name }) => name).join(' – ');
  const figure = strength.toFixed(1).padStart(7);
  if (kind === 'landmark') return [`${figure}  ${names}`];
  const word = artifactKinds.includes(kind) ? `${labelOf(graph, nodes[0])}: ` : '';
  return [`${figure}  ${word}${names}`, `         ${kind}. ${description}`];
}
