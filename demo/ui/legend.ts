import { describeLegend, type GraphMap, type Legend, scaleOf } from '../../engine/index.ts';
import { onChange, type Show } from '../state.ts';
import { byId, cssColor, make, shape, swatch, wholeNumbers } from './dom.ts';

/** The legend beside the map, and the scale bar on it. */
export function createLegend(): Show {
  const box = byId('legend');
  const showRows = onChange(
    // Nodes grow as one comes closer, and their key with them, in steps that the eye can tell apart.
    ({ map, view }) => [
      map?.nodes,
      map?.settings,
      map?.edges,
      map && Math.round(8 * Math.log2(scaleOf(map, view).node)),
    ],
    ({ map, view }) => {
      if (map !== undefined) box.replaceChildren(...rowsOf(map, describeLegend(map), scaleOf(map, view).node));
    },
  );
  return (state) => {
    showRows(state);
    showScale(state);
  };
}

/** CSS pixels that a circle of the key may have as its radius, and that the scale bar may be long. */
const largestCircle = 28;
const [shortestBar, longestBar] = [12, 320];

/** The distance Δ that counts as near, as long as it is on the map. */
const showScale = onChange(
  ({ map, view }) => [map?.closeness, view.unitsPerPixel],
  ({ map, view }) => {
    const length = map?.closeness.applicable ? map.closeness.deltaMax / view.unitsPerPixel : 0;
    byId('scale').hidden = length < shortestBar || length > longestBar;
    byId('scale-bar').style.width = `${length}px`;
  },
);

function rowsOf(map: GraphMap, legend: Legend, nodeScale: number): HTMLElement[] {
  const rows: HTMLElement[] = [];
  if (legend.colors?.kind === 'categories') {
    const { title, entries, others } = legend.colors;
    const items = entries.map(({ label, color, count }) =>
      make(
        'li',
        {},
        swatch(color),
        make('span', { textContent: label === '' ? 'none' : label, dir: 'auto' }),
        make('small', { textContent: wholeNumbers.format(count) }),
      ),
    );
    rows.push(group(`Colour: ${title}`, make('ul', { className: 'swatches' }, ...items)));
    if (others > 0) rows.push(make('p', { textContent: `and ${others} more; colours repeat far apart` }));
  } else if (legend.colors?.kind === 'scale') {
    const { title, low, high, colors } = legend.colors;
    const ramp = make('span', { className: 'ramp' });
    ramp.style.background = `linear-gradient(to right, ${colors.map(cssColor).join(', ')})`;
    rows.push(group(`Colour: ${title}`, make('div', { className: 'ramp-row' }, low, ramp, high)));
  }
  if (legend.sizes !== undefined) {
    const { title, circles } = legend.sizes;
    const scaled = circles.map(({ value, radius }) => ({ value, radius: radius * nodeScale }));
    if (scaled.every(({ radius }) => radius <= largestCircle)) rows.push(group(`Size: ${title}`, circlesOf(scaled)));
  }
  if (legend.edges !== undefined) {
    const { bridge, local } = map.palette;
    rows.push(group('Links', line(bridge, 0.9, legend.edges.nonlocal), line(local, 0.35, legend.edges.local)));
  }
  if (legend.relief !== undefined) rows.push(group('Relief', make('p', { textContent: legend.relief })));
  return rows;
}

function group(title: string, ...children: readonly Node[]): HTMLElement {
  return make('section', {}, make('h3', { textContent: title }), ...children);
}

function circlesOf(entries: readonly { readonly value: string; readonly radius: number }[]): HTMLElement {
  const row = make('div', { className: 'circles' });
  for (const { value, radius } of entries) {
    const side = Math.ceil(2 * radius + 2);
    const svg = shape('svg', { viewBox: `0 0 ${side} ${side}`, width: side, height: side });
    svg.append(shape('circle', { cx: side / 2, cy: side / 2, r: Math.max(0.5, radius) }));
    row.append(make('span', {}, svg, value));
  }
  return row;
}

function line(color: number, opacity: number, label: string): HTMLElement {
  const svg = shape('svg', { viewBox: '0 0 32 8', width: 32, height: 8 });
  svg.append(shape('path', { d: 'M0 4h32', stroke: cssColor(color), 'stroke-opacity': opacity, 'stroke-width': 1.6 }));
  return make('p', { className: 'line-row' }, svg, label);
}
