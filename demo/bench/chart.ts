import { make, shape } from '../ui/dom.ts';

/** A line of the chart; its colour and mark follow from its place among all. */
export interface Series {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** Colours that differ for every kind of colour vision (Okabe and Ito 2008), dark enough for paper. */
const colors = ['#0072b2', '#d55e00', '#007a58', '#a0528a', '#8a6d00', '#1b7ea6', '#4c5963', '#a32a2a'];
/** Outlines of marks about 0, 0: also without colours, lines can be told apart. */
const marks = [
  'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z',
  'M-5-5h10v10h-10z',
  'M0-6 6 5H-6z',
  'M0-6 6 0 0 6-6 0z',
  'M0 6 6-5H-6z',
];

const height = 400;
const frame = { left: 52, right: 36, top: 28, bottom: 44 };

/**
 * Both axes logarithmic, with every power of ten that they reach; the table holds the same figures.
 *
 * @param width in CSS pixels
 */
export function drawChart(series: readonly Series[], title: string, width: number): Node[] {
  const points = series.flatMap((line) => line.points);
  if (points.length === 0) return [];
  const across = scaleFor(
    points.map(({ x }) => x),
    frame.left,
    width - frame.right,
  );
  const up = scaleFor(
    points.map(({ y }) => y),
    height - frame.bottom,
    frame.top,
  );
  const svg = shape('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': describe(series, title) });
  for (const power of across.powers) {
    const x = across.at(10 ** power);
    svg.append(shape('line', { class: 'grid', x1: x, x2: x, y1: frame.top, y2: height - frame.bottom }));
    svg.append(words(figure(power), { x, y: height - frame.bottom + 18, 'text-anchor': 'middle' }));
  }
  for (const power of up.powers) {
    const y = up.at(10 ** power);
    svg.append(shape('line', { class: 'grid', x1: frame.left, x2: width - frame.right, y1: y, y2: y }));
    svg.append(words(figure(power), { x: frame.left - 8, y: y + 4, 'text-anchor': 'end' }));
  }
  svg.append(words('nodes', { x: (frame.left + width - frame.right) / 2, y: height - 6, 'text-anchor': 'middle' }));
  svg.append(words('ms', { x: frame.left - 8, y: frame.top - 14, 'text-anchor': 'end' }));
  for (const [k, line] of series.entries()) svg.append(...drawLine(line, k, across, up));
  return [svg, keyOf(series)];
}

interface Scale {
  readonly powers: readonly number[];
  at(value: number): number;
}

/** From the power of ten below all values to the one above. */
function scaleFor(values: readonly number[], from: number, to: number): Scale {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  return {
    powers: Array.from({ length: high - low + 1 }, (_, k) => low + k),
    at: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from),
  };
}

function drawLine({ points }: Series, place: number, across: Scale, up: Scale): SVGElement[] {
  const color = colors[place % colors.length];
  const places = points.map(({ x, y }) => `${across.at(x).toFixed(1)},${up.at(y).toFixed(1)}`);
  return [
    shape('polyline', { class: 'line', stroke: color, points: places.join(' ') }),
    ...places.map((at) => mark(place, color, at)),
  ];
}

function mark(place: number, color: string, at: string): SVGElement {
  return shape('path', { class: 'mark', d: marks[place % marks.length], fill: color, transform: `translate(${at})` });
}

function keyOf(series: readonly Series[]): HTMLElement {
  const entries = series.map(({ name }, place) => {
    const color = colors[place % colors.length];
    const sign = shape('svg', { viewBox: '0 0 28 12', 'aria-hidden': 'true' });
    sign.append(shape('path', { class: 'line', stroke: color, d: 'M0 6h28' }), mark(place, color, '14,6'));
    return make('li', {}, sign, ` ${name}`);
  });
  return make('ul', { className: 'key' }, ...entries);
}

function words(text: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = shape('text', attributes);
  element.textContent = text;
  return element;
}

function describe(series: readonly Series[], title: string): string {
  const lines = series.map(
    ({ name, points }) =>
      `${name}: ${points.map(({ x, y }) => `${x.toLocaleString('en')} nodes ${y.toPrecision(3)} ms`).join(', ')}`,
  );
  return `${title}, by nodes, both axes logarithmic. ${lines.join('. ')}.`;
}

function figure(power: number): string {
  return power < 0 ? (10 ** power).toFixed(-power) : (10 ** power).toLocaleString('en');
}
