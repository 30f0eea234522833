import type { Buffer, Regl } from 'regl';
import { renderShaders } from '../../shaders/index.ts';
import type { NodeMarks } from '../map/node-marks.ts';
import { derived, type Frame, type Layer, markUniforms, premultiplied, props, quadCorners, rgb } from './frame.ts';
import { markPlacement, type PositionTexture } from './position-texture.ts';

interface MarkBuffers {
  readonly mark: Buffer;
  readonly color: Buffer;
  readonly count: number;
}

/** Nodes as discs with a ring in the paper's colour, the largest at the bottom. */
export function createNodeLayer(regl: Regl, positionsOf: (frame: Frame) => PositionTexture): Layer {
  const marks = derived((nodes: NodeMarks) => markBuffers(regl, nodes), destroyMarks);
  const { mark, color, count } = props(regl, ['mark', 'color', 'count']);
  const command = regl({
    vert: renderShaders.nodesVert,
    frag: renderShaders.nodesFrag,
    attributes: {
      corner: quadCorners,
      mark: { buffer: mark, divisor: 1 },
      color: { buffer: color, divisor: 1, type: 'uint8', normalized: true },
    },
    uniforms: props(regl, [...markUniforms, 'radiusScale', 'ring', 'ringColor']),
    blend: premultiplied,
    depth: { enable: false },
    count: 6,
    instances: count,
  });
  return {
    draw(frame) {
      const { map, view, scale } = frame;
      if (map.graph.nodeCount === 0) return;
      command({
        ...markPlacement(frame, positionsOf(frame)),
        ...marks.of(map.nodes),
        radiusScale: scale.node * view.pixelRatio,
        ring: 0.5 * scale.line * view.pixelRatio,
        ringColor: rgb(map.palette.nodeRing),
      });
    },
    dispose: marks.dispose,
  };
}

function markBuffers(regl: Regl, { radius, color }: NodeMarks): MarkBuffers {
  const order = Uint32Array.from(radius.keys()).sort((a, b) => radius[b] - radius[a] || a - b);
  const mark = new Float32Array(2 * order.length);
  const colors = new Uint8Array(4 * order.length);
  order.forEach((node, at) => {
    mark[2 * at] = node;
    mark[2 * at + 1] = radius[node];
    colors.set(color.subarray(4 * node, 4 * node + 4), 4 * at);
  });
  return { mark: regl.buffer(mark), color: regl.buffer(colors), count: order.length };
}

function destroyMarks({ mark, color }: MarkBuffers): void {
  mark.destroy();
  color.destroy();
}
