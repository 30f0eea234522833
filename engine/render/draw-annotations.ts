import type { Buffer, Regl } from 'regl';
import { renderShaders } from '../../shaders/index.ts';
import { type Annotation, type AnnotationKind, linesOf } from '../map/annotations/annotation.ts';
import { crossReach } from '../map/annotations/place.ts';
import {
  derived,
  type Layer,
  placement,
  placementUniforms,
  premultiplied,
  props,
  rgb,
  sheetCorners,
  strokeCorners,
} from './frame.ts';
import { createTarget } from './target.ts';

/** The channels of the target, in the order in which kinds lie over each other. */
const kinds: readonly AnnotationKind[] = ['area', 'border', 'bridge', 'landmark'];

/** Half the width of lines by kind, and of the rim around them; CSS pixels at scale 1. */
const halfWidths = [0.8, 1, 2.1, 1.1];
const rimWidth = 1.1;

/** What is under a bridge stays to be seen through it. */
const opacities = [0.85, 0.85, 0.72, 0.95];

/** How lines of a kind are drawn: widths in CSS pixels at scale 1; the rim is on either side. */
export function annotationLine(kind: AnnotationKind): {
  readonly width: number;
  readonly rim: number;
  readonly opacity: number;
} {
  const channel = kinds.indexOf(kind);
  return { width: 2 * halfWidths[channel], rim: rimWidth, opacity: opacities[channel] };
}

interface Segments {
  /** Ends in layout units and their offsets in CSS pixels, stride 8; and the kind's channel. */
  readonly places: Buffer;
  readonly kind: Buffer;
  readonly count: number;
}

/**
 * The lines of the annotation layers: first how near each pixel is to a mark of each kind, the nearest winning, then ink
 * by nearness. So joints, crossings and tiles show no seams.
 */
export function createAnnotationLayer(regl: Regl): Layer {
  const segments = derived((annotations: readonly Annotation[]) => segmentBuffers(regl, annotations), destroySegments);
  const target = createTarget(regl, 'uint8');
  const { places, kind, framebuffer, count } = props(regl, ['places', 'kind', 'framebuffer', 'count']);
  const approach = regl({
    vert: renderShaders.annotationsVert,
    frag: renderShaders.annotationsFrag,
    attributes: {
      corner: strokeCorners,
      ends: { buffer: places, divisor: 1, stride: 32, offset: 0 },
      offsets: { buffer: places, divisor: 1, stride: 32, offset: 16 },
      kind: { buffer: kind, divisor: 1 },
    },
    uniforms: props(regl, [...placementUniforms, 'markScale', 'reach']),
    framebuffer,
    // Where a browser lacks the greatest of two, the sum of two nearnesses only makes joints heavier.
    blend: {
      enable: true,
      equation: regl.hasExtension('ext_blend_minmax') ? 'max' : 'add',
      func: { src: 'one', dst: 'one' },
    },
    depth: { enable: false },
    count: 6,
    instances: count,
  });
  const ink = regl({
    vert: renderShaders.sheetVert,
    frag: renderShaders.annotationInkFrag,
    attributes: { corner: sheetCorners },
    uniforms: props(regl, inkUniforms),
    blend: premultiplied,
    depth: { enable: false },
    count: 3,
  });
  return {
    draw(frame) {
      const { map, view, tile, scale } = frame;
      if (!map.settings.annotations.show || map.annotations.length === 0) return;
      const nearness = target.ofSize(tile.width, tile.height);
      const markScale = scale.line * view.pixelRatio;
      const halfWidth = halfWidths.map((width) => width * markScale);
      const reach = Math.max(...halfWidth) + rimWidth * markScale + 1;
      regl.clear({ framebuffer: nearness, color: [0, 0, 0, 0] });
      approach({ ...placement(frame), ...segments.of(map.annotations), markScale, reach, framebuffer: nearness });
      const { annotations: colors, paper } = map.palette;
      ink({
        nearness,
        tileSize: [tile.width, tile.height],
        reach,
        rim: rimWidth * markScale,
        halfWidth,
        opacity: opacities,
        areaColor: rgb(colors.area),
        borderColor: rgb(colors.border),
        bridgeColor: rgb(colors.bridge),
        landmarkColor: rgb(colors.landmark),
        paper: rgb(paper),
      });
    },
    dispose() {
      segments.dispose();
      target.dispose();
    },
  };
}

const inkUniforms = [
  'nearness',
  'tileSize',
  'reach',
  'rim',
  'halfWidth',
  'opacity',
  'areaColor',
  'borderColor',
  'bridgeColor',
  'landmarkColor',
  'paper',
] as const;

function segmentBuffers(regl: Regl, annotations: readonly Annotation[]): Segments {
  const places: number[] = [];
  const channels: number[] = [];
  for (const { kind, shape } of annotations) {
    const channel = kinds.indexOf(kind);
    if (kind === 'landmark' && shape.type === 'Point') {
      const [x, y] = shape.coordinates;
      places.push(x, y, x, y, -crossReach, 0, crossReach, 0, x, y, x, y, 0, -crossReach, 0, crossReach);
      channels.push(channel, channel);
    }
    for (const line of linesOf(shape)) {
      for (let k = 1; k < line.length; k++) {
        places.push(...line[k - 1], ...line[k], 0, 0, 0, 0);
        channels.push(channel);
      }
    }
  }
  return { places: regl.buffer(places), kind: regl.buffer(channels), count: channels.length };
}

function destroySegments({ places, kind }: Segments): void {
  places.destroy();
  kind.destroy();
}
