import type { Buffer, Regl } from 'regl';
import { renderShaders } from '../../shaders/index.ts';
import type { Emphasis } from '../map/emphasis.ts';
import type { GraphMap } from '../map/graph-map.ts';
import { type Courses, greatCircles } from '../map/great-circles.ts';
import { type Frame, type Layer, markUniforms, premultiplied, props, rgb } from './frame.ts';
import { markPlacement, type PositionTexture } from './position-texture.ts';
import { pieceCorners } from './strokes.ts';

/** Links on the GPU, one an instance, or one piece of a great circle. */
interface Links {
  readonly buffer: Buffer;
  readonly arePieces: boolean;
  readonly count: number;
}

function createLinks(regl: Regl, { links }: Emphasis, { positions, edges }: GraphMap): Links {
  const arePieces = edges.courses !== undefined;
  const values = arePieces ? greatCircles(links, links, positions, 0).pieces : Float32Array.from(links);
  return { buffer: regl.buffer(values), arePieces, count: values.length / (arePieces ? 4 : 2) };
}

/** The links of what is hovered or found, in the accent colour over the other edges; along great circles where those are. */
export function createEmphasisLayer(regl: Regl, positionsOf: (frame: Frame) => PositionTexture): Layer {
  let last: { emphasis: Emphasis; courses: Courses | undefined; links: Links } | undefined;
  const dispose = (): void => {
    last?.links.buffer.destroy();
    last = undefined;
  };
  const linksOf = (emphasis: Emphasis, map: GraphMap): Links => {
    const { courses } = map.edges;
    if (last?.emphasis !== emphasis || last.courses !== courses) {
      dispose();
      last = { emphasis, courses, links: createLinks(regl, emphasis, map) };
    }
    return last.links;
  };
  const command = regl({
    vert: renderShaders.strokesVert,
    frag: renderShaders.strokesPlainFrag,
    attributes: {
      corner: pieceCorners([0, 1]),
      ...props(regl, ['ends', 'piece']),
      axis: { constant: [0, 0] },
      energy: { constant: [0, 0] },
    },
    uniforms: {
      ...props(regl, [...markUniforms, 'halfWidth', 'color', 'isInPieces']),
      bundling: 0,
      isColored: true,
    },
    blend: premultiplied,
    depth: { enable: false },
    count: 6,
    instances: props(regl, ['count']).count,
  });
  return {
    draw(frame) {
      const { emphasis, map, view } = frame;
      if (emphasis === undefined || emphasis.links.length === 0) return;
      const { buffer, arePieces, count } = linksOf(emphasis, map);
      const opacity = 0.75;
      command({
        ...markPlacement(frame, positionsOf(frame)),
        ends: arePieces ? { constant: [0, 0] } : { buffer, divisor: 1 },
        piece: arePieces ? { buffer, divisor: 1 } : { constant: [0, 0, 0, 0] },
        isInPieces: arePieces,
        count,
        halfWidth: 0.6 * view.pixelRatio,
        color: [...rgb(map.palette.accent).map((share) => share * opacity), opacity],
      });
    },
    dispose,
  };
}
