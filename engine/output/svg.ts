import { strokeLines } from '../map/edge-marks.ts';
import { type GraphMap, type MapScale, scaleOf } from '../map/graph-map.ts';
import { leastDrawnRadius, presenceOf } from '../map/node-marks.ts';
import { toPixel, type View } from '../map/view.ts';
import { contours } from '../relief/contours.ts';
import { simplifyPath } from './simplify-path.ts';
import { keptOf } from './stroke-ink.ts';
import { content, hex, short } from './svg-text.ts';

/** What a map is written as SVG with. */
export interface SvgInput {
  readonly map: GraphMap;
  /** CSS pixels are the unit of the file. */
  readonly view: View;
  /** The sheet, millimetres. */
  readonly width: number;
  readonly height: number;
  /** The relief as a PNG in base 64, in pieces; stretched over the sheet. */
  readonly relief?: AsyncIterable<string> | undefined;
  /** What stands above the nodes: lines, text, marks; in CSS pixels. */
  readonly over: string;
}

/** Into how many pieces a stroke is cut that swings into a lane, before those are joined that run straight on. */
const pieces = 96;
/** CSS pixels that a stroke may run beside its true course: a fortieth of a millimetre. */
const tolerance = 0.1;

/**
 * A map as SVG: relief as picture; contours, strokes, nodes and text as vectors. The ink of strokes adds up as the
 * renderer's does, 1 − exp(−κ·ΣD), since layers of opacity 1 − exp(−κ·D) do; where many cross, and over crowds of nodes,
 * each stroke is weakened as a whole, where the renderer weakens their sum pixel by pixel.
 */
export async function* writeSvg({ map, view, width, height, relief, over }: SvgInput): AsyncGenerator<string> {
  const { palette, settings } = map;
  const box = `viewBox="0 0 ${short(view.width)} ${short(view.height)}"`;
  yield `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" ${box}>\n`;
  yield `<title>${content(map.title)}</title>\n<rect width="100%" height="100%" fill="${hex(palette.paper)}"/>\n`;
  if (relief !== undefined) {
    yield `<image width="${short(view.width)}" height="${short(view.height)}" preserveAspectRatio="none" href="data:image/png;base64,`;
    yield* relief;
    yield '"/>\n';
  }
  const scale = scaleOf(map, view);
  if (settings.relief.show) yield contourElements(map, view, scale);
  if (settings.edges.show) yield* strokeElements(map, view, scale);
  yield* nodeElements(map, view, scale);
  yield over;
  yield '</svg>\n';
}

function contourElements({ relief, settings, palette }: GraphMap, view: View, { line }: MapScale): string {
  const heights = settings.relief.contours.map((share) => share * relief.peak);
  const paths = contours(relief.field, heights).map(
    ({ points, isClosed }) => `<path d="${pathOf(points, view)}${isClosed ? 'Z' : ''}"/>`,
  );
  if (paths.length === 0) return '';
  const stroke = `stroke="${hex(palette.local)}" stroke-opacity="0.45" stroke-width="${short(line)}"`;
  return `<g fill="none" ${stroke}>\n${paths.join('\n')}\n</g>\n`;
}

/** Local strokes first, then nonlocal ones, a few thousand elements at a time. */
async function* strokeElements(map: GraphMap, view: View, { line }: MapScale) {
  const { edges, positions, settings, palette } = map;
  const { strength, width, bundling } = settings.edges;
  const lineWidth = Math.max(1 / view.pixelRatio, width * line);
  for (const isFar of [0, 1]) {
    const color = hex(isFar ? palette.bridge : palette.local);
    yield `<g fill="none" stroke="${color}" stroke-width="${short(lineWidth)}">\n`;
    let parts: string[] = [];
    for (let e = 0; e < edges.energy.length; e++) {
      if (edges.nonlocal[e] !== isFar) continue;
      const lines = strokeLines(edges, positions, e, bundling, pieces);
      if (lines.length === 0) continue;
      const weight = isFar ? keptOf(map, lines, edges.energy[e], lineWidth * view.unitsPerPixel) : 1;
      const opacity = 1 - Math.exp(-strength * edges.energy[e] * weight);
      if (opacity < 0.002) continue;
      const courses = lines.map((line) => pathOf(simplifyPath(line, tolerance * view.unitsPerPixel), view));
      parts.push(`<path d="${courses.join('')}" stroke-opacity="${Math.round(opacity * 1000) / 1000}"/>\n`);
      if (parts.length === 4096) {
        yield parts.join('');
        parts = [];
      }
    }
    yield `${parts.join('')}</g>\n`;
  }
}

async function* nodeElements({ graph, nodes, positions, palette }: GraphMap, view: View, { node, line }: MapScale) {
  const { radius, color } = nodes;
  const order = Uint32Array.from({ length: graph.nodeCount }, (_, i) => i).sort(
    (a, b) => radius[b] - radius[a] || a - b,
  );
  const ring = 0.5 * line;
  yield `<g stroke="${hex(palette.nodeRing)}" stroke-width="${short(ring)}" stroke-opacity="0.85">\n`;
  for (let from = 0; from < order.length; from += 4096) {
    const parts = Array.from(order.subarray(from, from + 4096), (i) => {
      const [x, y] = toPixel(view, positions[2 * i], positions[2 * i + 1]);
      const drawn = radius[i] * node * view.pixelRatio;
      const r = Math.max(drawn, leastDrawnRadius) / view.pixelRatio + ring / 2;
      const fill = hex((color[4 * i] << 16) | (color[4 * i + 1] << 8) | color[4 * i + 2]);
      const alpha = (color[4 * i + 3] / 255) * presenceOf(drawn);
      const opacity = alpha === 1 ? '' : ` opacity="${Math.round(alpha * 1000) / 1000}"`;
      return `<circle cx="${short(x)}" cy="${short(y)}" r="${short(r)}" fill="${fill}"${opacity}/>`;
    });
    yield `${parts.join('\n')}\n`;
  }
  yield '</g>\n';
}

/** Points in layout units as the data of a path. */
function pathOf(points: ArrayLike<number>, view: View): string {
  let path = '';
  for (let k = 0; k < points.length; k += 2) {
    const [x, y] = toPixel(view, points[k], points[k + 1]);
    path += `${k === 0 ? 'M' : 'L'}${short(x)} ${short(y)}`;
  }
  return path;
}
