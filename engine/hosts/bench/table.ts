import type { BenchResult, LayoutRow, ReliefRow, Timings } from './result.ts';

/** The result as lines of text: what was measured on what, a table a stage, what was left out. */
export function tableOf(result: BenchResult): string[] {
  const { machine, devices, layout, relief, skipped, version, commit, date } = result;
  const build = commit === null ? version : `${version} (${commit.slice(0, 7)})`;
  return [
    `Isthmus ${build}, ${date.slice(0, 10)}, ${machine.runtime}, ${machine.cpu}`,
    ...devices.map(
      ({ kind, name, isSoftware }) => `${kind}: ${name}${isSoftware ? ', a software adapter: no times of a GPU' : ''}`,
    ),
    '',
    ...aligned([
      ['layout', 'repulsion', 'nodes', 'edges', 'ms an iteration', 'GPU ms', 'median error', 'relative L2'],
      ...layout.map(layoutCells),
    ]),
    '',
    ...aligned([['relief', 'nodes', 'cells', 'ms', 'GPU ms', 'there and back', 'error'], ...relief.map(reliefCells)]),
    ...skipped.map(
      ({ device, nodes, edges, reason }) => `Left out: ${figure(nodes)} / ${figure(edges)} on the ${device}. ${reason}`,
    ),
  ];
}

function layoutCells(row: LayoutRow): string[] {
  const { device, isSoftware, repulsion, nodes, edges, millisecondsPerIteration, error } = row;
  return [
    deviceCell(device, isSoftware),
    repulsion,
    figure(nodes),
    figure(edges),
    ...timingCells(millisecondsPerIteration),
    error.medianRelative.toExponential(1),
    error.relativeL2.toExponential(1),
  ];
}

function reliefCells({ device, isSoftware, nodes, cells, milliseconds, roundTrip, error }: ReliefRow): string[] {
  return [
    deviceCell(device, isSoftware),
    figure(nodes),
    figure(cells),
    ...timingCells(milliseconds),
    time(roundTrip.median),
    error.largestShareOfPeak.toExponential(1),
  ];
}

function deviceCell(device: string, isSoftware: boolean): string {
  return isSoftware ? `${device} (software)` : device;
}

function timingCells({ wall, timestamp }: Timings): string[] {
  return [time(wall.median), timestamp === null ? '–' : time(timestamp.median)];
}

/** Three digits, or all before the point. */
function time(milliseconds: number): string {
  return milliseconds >= 100 ? figure(Math.round(milliseconds)) : milliseconds.toPrecision(3);
}

function figure(value: number): string {
  return value.toLocaleString('en');
}

/** Columns as wide as their widest cell, the first to the left, figures to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  '),
  );
}
