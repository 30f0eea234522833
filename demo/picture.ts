import { createRenderer, type Emphasis, emphasisOfAnnotation, emphasisOfNode, type GraphMap } from '../engine/index.ts';
import { createQuality, createThinning } from './quality.ts';
import type { Show, State } from './state.ts';

/** The map's canvas, drawn only when what it shows has changed. */
export interface Picture {
  readonly device: string;
  readonly show: Show;
  /** Milliseconds that the last frame took. */
  cost(): number;
  /** Draws the state at the screen's full sharpness, now. */
  sharpen(state: State): void;
}

/** How long nothing may change before the map counts as at rest, in milliseconds; longer where frames are dear. */
const rest = 220;
const longRest = 700;
const coarsest = 0.5;

export function createPicture(canvas: HTMLCanvasElement): Picture {
  const renderer = createRenderer(canvas);
  const gl = canvas.getContext('webgl')!;
  const quality = createQuality(renderer.device);
  const thin = createThinning();
  const emphasisOf = rememberEmphasis();
  let drawn: readonly unknown[] = [];
  let cost = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const draw = (state: State, share: number): void => {
    const { map, view } = state;
    if (map === undefined) return;
    const pixelRatio = view.pixelRatio * Math.max(coarsest, Math.sqrt(share));
    renderer.draw(thin(map, share), { ...view, pixelRatio }, { emphasis: emphasisOf(map, state) });
  };
  const sharpen = (state: State): void => {
    clearTimeout(timer);
    draw(state, 1);
  };

  return {
    device: renderer.device,
    cost: () => cost,
    sharpen,
    show(state) {
      const wanted = [state.map, state.view, state.hovered, state.pinned, state.hoveredMark, state.pinnedMark];
      if (wanted.every((value, i) => value === drawn[i])) return;
      drawn = wanted;
      clearTimeout(timer);
      const share = quality.share();
      const began = performance.now();
      draw(state, share);
      // Reading a pixel waits for the GPU: the one way to know what the frame has cost.
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
      cost = performance.now() - began;
      quality.learn(cost);
      // A layout that moves brings the next frame by itself.
      if (share < 1 && state.run.kind !== 'running') {
        timer = setTimeout(() => sharpen(state), share < 0.5 ? longRest : rest);
      }
    },
  };
}

/** What is hovered or else pinned, with its links; the same object as long as graph and choice are the same. */
function rememberEmphasis(): (map: GraphMap, state: State) => Emphasis | undefined {
  let last: { key: readonly unknown[]; emphasis: Emphasis | undefined } | undefined;
  return (map, { hovered, pinned, hoveredMark, pinnedMark, marks }) => {
    const key = [map.graph, hovered, pinned, hoveredMark, pinnedMark, marks];
    if (last === undefined || key.some((value, i) => value !== last?.key[i])) {
      const mark = hovered === undefined ? (hoveredMark ?? pinnedMark) : undefined;
      const emphasis = mark === undefined ? ofNode(map, hovered ?? pinned) : ofMark(map, mark);
      last = { key, emphasis };
    }
    return last.emphasis;
  };
}

function ofNode(map: GraphMap, node: number | undefined): Emphasis | undefined {
  return node === undefined ? undefined : emphasisOfNode(map, node);
}

function ofMark(map: GraphMap, mark: number): Emphasis | undefined {
  return map.annotations[mark] === undefined ? undefined : emphasisOfAnnotation(map, mark);
}
