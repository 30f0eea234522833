import type { Command } from 'commander';
import type { ReadResult } from '../../formats/index.ts';
import type { Column } from '../../graph/columns.ts';
import type { Run, Start } from '../run.ts';
import { count, plain } from '../terminal.ts';
import { type Facts, factsOf, rangeOf } from './facts.ts';
import { addCommonOptions, type CommonOptions } from './options.ts';
import { readFile } from './read.ts';

/** `isthmus info FILE`: what was read. */
export function addInfoCommand(program: Command, start: Start): void {
  const command = program
    .command('info')
    .description('say what a file holds: counts, columns and what had to be repaired')
    .argument('<file>', 'a graph, or - for stdin')
    .action((file: string, options: CommonOptions) => start(options, (run) => info(run, file, options)));
  addCommonOptions(command);
}

async function info(run: Run, file: string, options: CommonOptions): Promise<void> {
  const result = await readFile(run, file, options);
  const facts = factsOf(result.graph);
  const columns = {
    nodes: result.graph.nodes.map(describeColumn),
    edges: result.graph.edgeColumns.map(describeColumn),
  };
  if (!options.json) return run.print(reportOf(file, result, facts, columns));
  const { format, version, bytes, warnings, graph } = result;
  const { milliseconds } = run;
  run.print(
    `${JSON.stringify({ input: file, format, version, bytes, ...facts, attributes: graph.attributes, columns, warnings, milliseconds })}\n`,
  );
}

interface ColumnFacts {
  readonly name: string;
  readonly title: string;
  readonly type: string;
  readonly role: string | null;
  readonly missing: number;
  readonly range: { readonly min: number; readonly max: number } | null;
}

function describeColumn(column: Column): ColumnFacts {
  return {
    name: column.name,
    title: column.title,
    type: column.type,
    role: column.role ?? null,
    missing: column.missing?.reduce((sum, flag) => sum + flag, 0) ?? 0,
    range: column.kind === 'number' ? rangeOf(column.values) : null,
  };
}

function reportOf(
  file: string,
  { format, version, bytes, graph }: ReadResult,
  facts: Facts,
  columns: Record<string, ColumnFacts[]>,
): string {
  const { degree, weights } = facts;
  const lines = [
    ['file', `${file}: ${[format, version].filter(Boolean).join(' ')}, ${count(bytes, 'byte')}`],
    ...Object.entries(graph.attributes),
    ['nodes', `${count(facts.nodes, 'node')}, ${count(facts.isolatedNodes, 'of them')} without edges`],
    [
      'edges',
      `${count(facts.edges, 'edge')}, ${facts.edgeType}, ${count(facts.parallelEdges, 'parallel')}, ${count(facts.selfLoops, 'self-loop')}`,
    ],
    [
      'components',
      `${count(facts.components, 'component')}, the largest with ${count(facts.largestComponent, 'node')}`,
    ],
    [
      'degree',
      `mean ${degree.mean.toFixed(2)}, highest ${degree.max}${degree.maxNode === null ? '' : ` (${degree.maxNode})`}`,
    ],
    ['weights', weights === null ? 'none' : `${weights.min} to ${weights.max}`],
    ['positions', facts.hasPositions ? 'in the file' : 'none'],
    ...Object.entries(columns).flatMap(([table, list]) =>
      list.map((column) => [`${table} column`, columnLine(column)]),
    ),
  ];
  return lines.map(([label, text]) => `${plain(label).padEnd(14)} ${plain(text)}\n`).join('');
}

function columnLine({ name, title, type, role, missing, range }: ColumnFacts): string {
  const parts = [
    name === title ? name : `${name} "${title}"`,
    type,
    role === null || role === name ? '' : `the ${role}`,
    range === null ? '' : `${range.min} to ${range.max}`,
    missing === 0 ? '' : `missing in ${count(missing, 'row')}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}
