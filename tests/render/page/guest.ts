import * as isthmus from '../../../engine/index.ts';
import { createGuestRenderer, type GuestRenderer } from '../../../engine/render/guest-renderer.ts';
import { plantedMap } from '../../support/planted-bridges.ts';

/** What the tests ask of the page. */
export interface GuestPage {
  /** Somebody else's context, 200 pixels square. */
  readonly gl: WebGL2RenderingContext;
  readonly map: isthmus.GraphMap;
  readonly view: isthmus.View;
  createGuest(): GuestRenderer;
  /** RGBA of our own renderer's drawing, rows from the top. */
  ownPixels(): Uint8Array;
  /** Sets what can be set to values that nothing has by default. */
  oddState(): void;
  /** All parameters that can be read, as text or, for objects, by a number of their own; textures by unit. */
  stateOf(): Record<string, string>;
}

const canvas = document.createElement('canvas');
[canvas.width, canvas.height] = [200, 200];
const found = canvas.getContext('webgl2', { alpha: true, antialias: false, stencil: true });
if (found === null) throw new Error('This browser offers no WebGL 2.');
const gl = found;

const { graph, positions } = plantedMap({ kinds: ['bridge'], seed: 3 });
const map = isthmus.createMap(graph, positions);
const view = isthmus.fitView(map.sheet, { width: 200, height: 200 });
const numbers = new Map<object, number>();

function textOf(value: unknown): string {
  if (value === null || typeof value !== 'object') return String(value);
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return Array.from(value as unknown as number[]).join(' ');
  if (!numbers.has(value)) numbers.set(value, numbers.size);
  return `object ${numbers.get(value)}`;
}

function stateOf(): Record<string, string> {
  const state: Record<string, string> = {};
  for (const name in gl) {
    if (name !== name.toUpperCase()) continue;
    const value: unknown = gl.getParameter(gl[name as keyof WebGL2RenderingContext] as number);
    // What is no parameter is an error, and has no value.
    if (gl.getError() === 0) state[name] = textOf(value);
  }
  const active = gl.getParameter(gl.ACTIVE_TEXTURE) as number;
  for (let unit = 0; unit < 16; unit++) {
    gl.activeTexture(gl.TEXTURE0 + unit);
    for (const name of ['TEXTURE_BINDING_2D', 'TEXTURE_BINDING_CUBE_MAP', 'SAMPLER_BINDING'] as const) {
      state[`${name} ${unit}`] = textOf(gl.getParameter(gl[name]));
    }
  }
  gl.activeTexture(active);
  return state;
}

function oddTexture(unit: number): void {
  gl.activeTexture(gl.TEXTURE0 + unit);
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.bindTexture(gl.TEXTURE_CUBE_MAP, gl.createTexture());
  gl.bindSampler(unit, gl.createSampler());
}

function oddState(): void {
  const switches = ['CULL_FACE', 'DEPTH_TEST', 'POLYGON_OFFSET_FILL', 'SAMPLE_COVERAGE', 'SCISSOR_TEST'] as const;
  for (const name of switches) gl.enable(gl[name]);
  gl.disable(gl.DITHER);
  gl.scissor(3, 4, 50, 60);
  gl.viewport(1, 2, 30, 40);
  gl.blendFuncSeparate(gl.DST_COLOR, gl.ZERO, gl.SRC_ALPHA, gl.ONE);
  gl.blendEquationSeparate(gl.FUNC_SUBTRACT, gl.MIN);
  gl.blendColor(0.1, 0.2, 0.3, 0.4);
  gl.clearColor(0.4, 0.3, 0.2, 0.1);
  gl.clearDepth(0.5);
  gl.clearStencil(7);
  gl.colorMask(true, false, true, false);
  gl.depthFunc(gl.GEQUAL);
  gl.depthMask(false);
  gl.depthRange(0.25, 0.75);
  gl.stencilFuncSeparate(gl.FRONT, gl.EQUAL, 3, 5);
  gl.stencilFuncSeparate(gl.BACK, gl.LESS, 4, 6);
  gl.stencilOpSeparate(gl.FRONT, gl.INVERT, gl.INCR, gl.DECR);
  gl.stencilOpSeparate(gl.BACK, gl.REPLACE, gl.KEEP, gl.ZERO);
  gl.stencilMaskSeparate(gl.FRONT, 9);
  gl.stencilMaskSeparate(gl.BACK, 10);
  gl.sampleCoverage(0.5, true);
  gl.cullFace(gl.FRONT);
  gl.frontFace(gl.CW);
  gl.polygonOffset(2, 3);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 2);
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, true);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
  gl.pixelStorei(gl.UNPACK_ROW_LENGTH, 17);
  gl.pixelStorei(gl.UNPACK_SKIP_ROWS, 2);
  gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, 3);
  for (const unit of [0, 2, 5]) oddTexture(unit);
  gl.bindVertexArray(gl.createVertexArray());
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bindBuffer(gl.PIXEL_UNPACK_BUFFER, gl.createBuffer());
  gl.bindRenderbuffer(gl.RENDERBUFFER, gl.createRenderbuffer());
}

const renderer = isthmus.createRenderer(document.createElement('canvas'));

const page: GuestPage = {
  ...{ gl, map, view, stateOf, oddState },
  createGuest: () => createGuestRenderer(gl),
  ownPixels() {
    renderer.draw(map, view);
    return renderer.pixels();
  },
};
Object.assign(globalThis, { guestPage: page, isReady: true });
