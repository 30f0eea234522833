import type { Regl } from 'regl';
import type { Box } from '../base/box.ts';
import { placeNames } from '../map/annotations/place.ts';
import { type Labels, type PlacedLabel, placeLabels } from '../map/labels.ts';
import { describeLegend } from '../map/legend.ts';
import type { Frame, Layer } from './frame.ts';
import { legendBlock } from './legend-block.ts';
import { createSprites, type Sprite } from './sprites.ts';
import { createTextRaster, type TextRaster } from './text-raster.ts';

/** Where labels and legend stand: the same for all tiles of a drawing. */
interface Placement {
  /** What of a frame decides it. */
  readonly key: readonly unknown[];
  readonly sprites: readonly Sprite[];
}

/** Labels and, where asked for, the legend, on top of everything. */
export function createLabelLayer(regl: Regl): Layer {
  const sprites = createSprites(regl);
  const raster = createTextRaster();
  let last: Placement | undefined;
  return {
    draw(frame) {
      const { map, view, emphasis } = frame;
      const key = [
        map.labels,
        map.annotations,
        map.positions,
        map.settings,
        emphasis,
        frame.legend,
        ...Object.values(view),
      ];
      if (last === undefined || last.key.some((value, i) => value !== key[i])) {
        last = { key, sprites: placeSprites(frame, raster) };
      }
      sprites.draw(frame.tile, last.sprites);
    },
    dispose: sprites.dispose,
  };
}

function placeSprites(frame: Frame, raster: TextRaster): Sprite[] {
  const { map, view, emphasis } = frame;
  const { pixelRatio } = view;
  const { font } = map.settings.labels;
  const wanted = new Set(emphasis?.nodes);
  const legend = frame.legend ? legendBlock(map, describeLegend(map), view, raster) : undefined;
  const keepOut = legend === undefined ? [] : [legend.box];
  const { names, taken } = placeFrameNames(frame, raster, keepOut);
  const sprites = placeFrameLabels(frame, wanted, raster, [...keepOut, ...taken]).map(
    ({ node, text, size, x, y }): Sprite => {
      const image = raster.text(text, size * pixelRatio, map.palette, font, wanted.has(node));
      return { image, x: Math.round(x * pixelRatio) - image.originX, y: Math.round(y * pixelRatio) - image.originY };
    },
  );
  for (const { annotation, size, glyphs } of names) {
    const style = {
      size: size * pixelRatio,
      font,
      color: map.palette.annotations[annotation.kind],
      halo: map.palette.halo,
    };
    sprites.push(raster.name(glyphs, pixelRatio, style));
  }
  return legend === undefined ? sprites : [...sprites, legend.sprite];
}

function placeFrameNames({ map, view, scale }: Frame, raster: TextRaster, keepOut: readonly Box[]) {
  if (!map.settings.annotations.show) return { names: [], taken: [] };
  const { font } = map.settings.labels;
  return placeNames({
    annotations: map.annotations,
    view,
    textScale: scale.text,
    lineScale: scale.line,
    measure: (text, size) => raster.measure(text, size, font, true),
    keepOut,
  });
}

function placeFrameLabels(
  { map, view, scale }: Frame,
  wanted: ReadonlySet<number>,
  raster: TextRaster,
  keepOut: readonly Box[],
): PlacedLabel[] {
  const { show, count, font } = map.settings.labels;
  if (!show && wanted.size === 0) return [];
  return placeLabels({
    labels: wanted.size === 0 ? map.labels : emphasised(map.labels, wanted, show),
    positions: map.positions,
    radius: map.nodes.radius,
    view,
    nodeScale: scale.node,
    textScale: scale.text,
    count: show ? count : wanted.size,
    measure: (text, size, node) => raster.measure(text, size, font, wanted.has(node)),
    keepOut,
  });
}

/** The labels with the wanted ones first and no smaller than 11 pixels, whatever their importance; or these alone. */
function emphasised({ nodes, texts, sizes }: Labels, wanted: ReadonlySet<number>, withOthers: boolean): Labels {
  const order = Array.from(nodes.keys());
  const first = order.filter((i) => wanted.has(nodes[i]));
  const ranked = withOthers ? [...first, ...order.filter((i) => !wanted.has(nodes[i]))] : first;
  return {
    nodes: Uint32Array.from(ranked, (i) => nodes[i]),
    texts: ranked.map((i) => texts[i]),
    sizes: Float32Array.from(ranked, (i) => (wanted.has(nodes[i]) ? Math.max(sizes[i], 11) : sizes[i])),
  };
}
