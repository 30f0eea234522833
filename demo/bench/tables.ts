import type { BenchDevice, BenchResult, LayoutRow, ReliefRow } from '../../engine/index.ts';
import { make, wholeNumbers } from '../ui/dom.ts';

/** A result's figures and what they were measured on; everything from the file gets in as text. */
export function tablesOf(result: BenchResult, name: string): HTMLElement {
  const { machine, devices, layout, relief, skipped, version, commit, date } = result;
  const build = commit === null ? version : `${version} (${commit.slice(0, 7)})`;
  const power = machine.power === null ? '' : `, on ${machine.power}`;
  const section = make(
    'article',
    {},
    make('h2', {}, name),
    make('p', { className: 'facts' }, `Isthmus ${build}, ${date.slice(0, 10)}, ${machine.runtime}${power}.`),
    ...devices.map((device) => make('p', { className: 'facts' }, describeDevice(device))),
    table(
      'Layout',
      ['', 'repulsion', 'nodes', 'edges', 'ms an iteration', 'GPU ms', 'median error', 'relative L2'],
      layout.map(layoutCells),
    ),
    table('Relief', ['', 'nodes', 'cells', 'ms', 'GPU ms', 'there and back', 'error'], relief.map(reliefCells)),
  );
  for (const { device, nodes, edges, reason } of skipped) {
    const what = `${wholeNumbers.format(nodes)} / ${wholeNumbers.format(edges)} on the ${device}`;
    section.append(make('p', { className: 'facts' }, `Left out: ${what}. ${reason}`));
  }
  return section;
}

function describeDevice({ kind, name, isSoftware }: BenchDevice): string {
  const what = kind === 'gpu' ? 'GPU' : 'CPU';
  return `${what}: ${name}${isSoftware ? ' – a software adapter, whose times are no GPU’s' : ''}.`;
}

function layoutCells(row: LayoutRow): string[] {
  const { device, isSoftware, repulsion, nodes, edges, millisecondsPerIteration, error } = row;
  const { wall, timestamp } = millisecondsPerIteration;
  return [
    label(device, isSoftware),
    repulsion,
    wholeNumbers.format(nodes),
    wholeNumbers.format(edges),
    time(wall.median),
    timestamp === null ? '–' : time(timestamp.median),
    share(error.medianRelative),
    share(error.relativeL2),
  ];
}

function reliefCells({ device, isSoftware, nodes, cells, milliseconds, roundTrip, error }: ReliefRow): string[] {
  return [
    label(device, isSoftware),
    wholeNumbers.format(nodes),
    wholeNumbers.format(cells),
    time(milliseconds.wall.median),
    milliseconds.timestamp === null ? '–' : time(milliseconds.timestamp.median),
    time(roundTrip.median),
    share(error.largestShareOfPeak),
  ];
}

function table(caption: string, names: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  const head = names.map((name) => make('th', { scope: 'col' }, name));
  const body = rows.map((cells) => make('tr', {}, ...cells.map((cell) => make('td', {}, cell))));
  const whole = make('table', {}, make('caption', {}, caption), make('thead', {}, make('tr', {}, ...head)));
  whole.append(make('tbody', {}, ...body));
  return make('div', { className: 'wide' }, whole);
}

function label(device: string, isSoftware: boolean): string {
  return isSoftware ? `${device} (software)` : device;
}

function time(milliseconds: number): string {
  return milliseconds >= 100 ? wholeNumbers.format(Math.round(milliseconds)) : milliseconds.toPrecision(3);
}

function share(value: number): string {
  return `${(100 * value).toPrecision(2)} %`;
}
