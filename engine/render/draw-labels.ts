import type { Regl } from 'regl';
import type { Box } from '../base/box.ts';
import { type PlacedLabel, placeLabels } from '../map/labels.ts';
import { describeLegend } from '../map/legend.ts';
import type { Frame, Layer } from './frame.ts';
import { legendBlock } from './legend-block.ts';
import { createSprites, type Sprite } from './sprites.ts';
import { createTextRaster, type TextRaster } from './text-raster.ts';

/** What of a frame decides where labels stand: the same for all tiles of a drawing. */
interface Placement {
  readonly key: readonly unknown[];
  readonly labels: readonly PlacedLabel[];
}

/** Labels and, where asked for, the legend, on top of everything. */
export function createLabelLayer(regl: Regl): Layer {
  const sprites = createSprites(regl);
  const raster = createTextRaster();
  let last: Placement | undefined;
  return {
    draw(frame) {
      const { map, view, emphasis } = frame;
      const legend = frame.legend ? legendBlock(map, describeLegend(map), view, raster) : undefined;
      const key = [map.labels, map.positions, map.settings, emphasis, frame.legend, ...Object.values(view)];
      if (last === undefined || last.key.some((value, i) => value !== key[i])) {
        last = { key, labels: placeFrameLabels(frame, raster, legend?.box) };
      }
      const ratio = view.pixelRatio;
      const marks: Sprite[] = last.labels.map(({ node, text, size, x, y }) => {
        const image = raster.text(
          text,
          size * ratio,
          map.palette,
          map.settings.labels.font,
          emphasis?.nodes.includes(node) ?? false,
        );
        return { image, x: Math.round(x * ratio) - image.originX, y: Math.round(y * ratio) - image.originY };
      });
      if (legend !== undefined) marks.push(legend.sprite);
      sprites.draw(frame.tile, marks);
    },
    dispose: sprites.dispose,
  };
}

/** Emphasised nodes are named first, whatever their importance. */
function placeFrameLabels(frame: Frame, raster: TextRaster, keepOut: Box | undefined): PlacedLabel[] {
  const { map, view, scale, emphasis } = frame;
  const { show, count, font } = map.settings.labels;
  const wanted = new Set(emphasis?.nodes ?? []);
  if (!show && wanted.size === 0) return [];
  const order = Array.from(map.labels.nodes.keys());
  const first = order.filter((i) => wanted.has(map.labels.nodes[i]));
  const rest = show ? order.filter((i) => !wanted.has(map.labels.nodes[i])) : [];
  const ranked = [...first, ...rest];
  return placeLabels({
    labels:
      wanted.size === 0
        ? map.labels
        : {
            nodes: Uint32Array.from(ranked, (i) => map.labels.nodes[i]),
            texts: ranked.map((i) => map.labels.texts[i]),
            sizes: Float32Array.from(ranked, (i) =>
              Math.max(map.labels.sizes[i], wanted.has(map.labels.nodes[i]) ? 11 : 0),
            ),
          },
    positions: map.positions,
    radius: map.nodes.radius,
    view,
    nodeScale: scale.node,
    textScale: scale.text,
    count: show ? count : wanted.size,
    measure: (text, size, node) => raster.measure(text, size, font, wanted.has(node)),
    ...(keepOut && { keepOut: [keepOut] }),
  });
}
