import { IsthmusError } from '../base/errors.ts';
import type { Emphasis } from '../map/emphasis.ts';
import { type GraphMap, scaleOf } from '../map/graph-map.ts';
import type { View } from '../map/view.ts';
import type { Layer, Tile } from './frame.ts';
import { createStack, openRegl } from './stack.ts';

/** What may be drawn beside the map itself. */
export interface DrawOptions {
  /** Part of the drawing that the canvas shows; the whole by default. The canvas takes its size. */
  readonly tile?: Tile | undefined;
  readonly emphasis?: Emphasis | undefined;
  /** Draws the legend in the emptiest corner; `compact` in smaller type and with fewer colours (default false). */
  readonly legend?: boolean | 'compact' | undefined;
  /** CSS pixels along the drawing's border that no name and no legend may touch, such as a print's margin (default 0). */
  readonly inset?: number | undefined;
  /** Font size in CSS pixels of the map's title across the top; the legend then has none (default 0: no title there). */
  readonly heading?: number | undefined;
}

/** Draws maps on one canvas. Nothing is drawn but on request, and only what changed is sent to the GPU. */
export interface Renderer {
  /** The GPU's name as the driver gives it. */
  readonly device: string;
  /** @throws DeviceError if the canvas cannot have the size asked for. */
  draw(map: GraphMap, view: View, options?: DrawOptions): void;
  /** The last drawing as RGBA bytes, straight alpha, rows from the top; 4 × width × height of the tile. */
  pixels(): Uint8Array;
  dispose(): void;
}

/** Options of `createRenderer`. */
export interface RendererOptions {
  /** Called after a lost context came back and the last drawing was repeated. */
  readonly onRestored?: () => void;
}

/**
 * A renderer on a canvas of its own, by WebGL. A lost context is survived: its resources are made anew when it comes
 * back, and the last drawing is repeated.
 *
 * @throws DeviceError if the browser offers no WebGL or lacks float textures or instancing.
 */
export function createRenderer(canvas: HTMLCanvasElement | OffscreenCanvas, options: RendererOptions = {}): Renderer {
  const gl = canvas.getContext('webgl', { alpha: false, antialias: false, depth: false, preserveDrawingBuffer: true });
  if (!(gl instanceof WebGLRenderingContext)) {
    throw new IsthmusError('DeviceError', 'This browser offers no WebGL, which drawing the map needs.');
  }
  let stack = openStack(gl);
  let last: { map: GraphMap; view: View; options: DrawOptions } | undefined;
  let isLost = false;

  const draw = (map: GraphMap, view: View, drawOptions: DrawOptions = {}): void => {
    last = { map, view, options: drawOptions };
    if (isLost) return;
    const tile = drawOptions.tile ?? wholeOf(view);
    resize(canvas, gl, tile);
    stack.draw({
      map,
      view,
      tile,
      scale: scaleOf(map, view),
      emphasis: drawOptions.emphasis,
      legend: drawOptions.legend ?? false,
      inset: drawOptions.inset ?? 0,
      isOnPaper: true,
      heading: drawOptions.heading ?? 0,
    });
  };
  const onLost = (event: Event): void => {
    event.preventDefault();
    isLost = true;
  };
  const onRestored = (): void => {
    isLost = false;
    stack = openStack(gl);
    if (last !== undefined) draw(last.map, last.view, last.options);
    options.onRestored?.();
  };
  canvas.addEventListener('webglcontextlost', onLost);
  canvas.addEventListener('webglcontextrestored', onRestored);

  return {
    device: deviceName(gl),
    draw,
    pixels: () => readPixels(gl),
    dispose() {
      canvas.removeEventListener('webglcontextlost', onLost);
      canvas.removeEventListener('webglcontextrestored', onRestored);
      if (!isLost) stack.dispose();
    },
  };
}

function openStack(gl: WebGLRenderingContext): Layer {
  const regl = openRegl(gl);
  const stack = createStack(regl);
  return {
    ...stack,
    draw(frame) {
      // regl looks at the canvas's size only when it is asked to.
      regl.poll();
      stack.draw(frame);
    },
  };
}

/** The tile that is the whole drawing. */
export function wholeOf({ width, height, pixelRatio }: View): Tile {
  return { x: 0, y: 0, width: Math.round(width * pixelRatio), height: Math.round(height * pixelRatio) };
}

/** Browsers give a canvas less than was asked for, without a word, when it is too large: that would crop the map. */
function resize(canvas: HTMLCanvasElement | OffscreenCanvas, gl: WebGLRenderingContext, { width, height }: Tile): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  if (gl.drawingBufferWidth !== width || gl.drawingBufferHeight !== height) {
    const given = `${gl.drawingBufferWidth} × ${gl.drawingBufferHeight}`;
    throw new IsthmusError(
      'DeviceError',
      `A canvas of ${width} × ${height} pixels was asked for, but the browser gave ${given}.`,
    );
  }
}

function deviceName(gl: WebGLRenderingContext): string {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(info === null ? gl.RENDERER : info.UNMASKED_RENDERER_WEBGL));
}

function readPixels(gl: WebGLRenderingContext): Uint8Array {
  const { drawingBufferWidth: width, drawingBufferHeight: height } = gl;
  const upward = new Uint8Array(4 * width * height);
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, upward);
  const pixels = new Uint8Array(upward.length);
  for (let row = 0; row < height; row++) {
    pixels.set(upward.subarray(4 * width * (height - 1 - row), 4 * width * (height - row)), 4 * width * row);
  }
  return pixels;
}
