import { describeLegend, type GraphMap, type Legend } from '../../engine/index.ts';
import { onChange, type Show } from '../state.ts';
import { byId, cssColor, make, shape, swatch, wholeNumbers } from './dom.ts';

/** The legend beside the map, and the scale bar that grows with it. */
export function createLegend(): Show {
  const box = byId('legend');
  return onChange(
    ({ map }) => [map?.nodes, map?.settings, map?.edges],
    ({ map }) => {
      if (map !== undefined) box.replaceChildren(...rowsOf(map, describeLegend(map)));
    },
  );
}

function rowsOf(map: GraphMap, legend: Legend): HTMLElement[] {
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
  if (legend.sizes !== undefined) rows.push(group(`Size: ${legend.sizes.title}`, circles(legend.sizes.circles)));
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

function circles(entries: readonly { readonly value: string; readonly radius: number }[]): HTMLElement {
  const row = make('div', { className: 'circles' });
  for (const { value, radius } of entries) {
    const side = Math.ceil(4 * radius + 2);
    const svg = shape('svg', { viewBox: `0 0 ${side} ${side}`, width: side, height: side });
    svg.append(shape('circle', { cx: side / 2, cy: side / 2, r: Math.max(1, 2 * radius) }));
    row.append(make('span', {}, svg, value));
  }
  return row;
}

function line(color: number, opacity: number, label: string): HTMLElement {
  const svg = shape('svg', { viewBox: '0 0 32 8', width: 32, height: 8 });
  svg.append(shape('path', { d: 'M0 4h32', stroke: cssColor(color), 'stroke-opacity': opacity, 'stroke-width': 1.6 }));
  return make('p', { className: 'line-row' }, svg, label);
}
