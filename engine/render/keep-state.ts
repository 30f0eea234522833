type Context = WebGL2RenderingContext;

const switches = [
  ...(['BLEND', 'CULL_FACE', 'DEPTH_TEST', 'DITHER', 'POLYGON_OFFSET_FILL', 'SAMPLE_ALPHA_TO_COVERAGE'] as const),
  ...(['SAMPLE_COVERAGE', 'SCISSOR_TEST', 'STENCIL_TEST'] as const),
];

/** How textures are read from memory: regl sets the first four at every upload, and expects the others to be 0. */
const unpacking = [
  ...(['UNPACK_ALIGNMENT', 'UNPACK_FLIP_Y_WEBGL', 'UNPACK_PREMULTIPLY_ALPHA_WEBGL'] as const),
  ...(['UNPACK_COLORSPACE_CONVERSION_WEBGL'] as const),
];
const strides = [
  ...(['UNPACK_ROW_LENGTH', 'UNPACK_IMAGE_HEIGHT', 'UNPACK_SKIP_PIXELS', 'UNPACK_SKIP_ROWS'] as const),
  ...(['UNPACK_SKIP_IMAGES'] as const),
];

/** Parameters, and the method that takes their values in this order, after the face where there are two. */
const settings = [
  set('viewport', ['VIEWPORT']),
  set('scissor', ['SCISSOR_BOX']),
  set('blendFuncSeparate', ['BLEND_SRC_RGB', 'BLEND_DST_RGB', 'BLEND_SRC_ALPHA', 'BLEND_DST_ALPHA']),
  set('blendEquationSeparate', ['BLEND_EQUATION_RGB', 'BLEND_EQUATION_ALPHA']),
  set('blendColor', ['BLEND_COLOR']),
  set('colorMask', ['COLOR_WRITEMASK']),
  set('clearColor', ['COLOR_CLEAR_VALUE']),
  set('clearDepth', ['DEPTH_CLEAR_VALUE']),
  set('clearStencil', ['STENCIL_CLEAR_VALUE']),
  set('depthFunc', ['DEPTH_FUNC']),
  set('depthMask', ['DEPTH_WRITEMASK']),
  set('depthRange', ['DEPTH_RANGE']),
  set('stencilFuncSeparate', ['STENCIL_FUNC', 'STENCIL_REF', 'STENCIL_VALUE_MASK'], 'FRONT'),
  set('stencilFuncSeparate', ['STENCIL_BACK_FUNC', 'STENCIL_BACK_REF', 'STENCIL_BACK_VALUE_MASK'], 'BACK'),
  set('stencilOpSeparate', ['STENCIL_FAIL', 'STENCIL_PASS_DEPTH_FAIL', 'STENCIL_PASS_DEPTH_PASS'], 'FRONT'),
  set(
    'stencilOpSeparate',
    ['STENCIL_BACK_FAIL', 'STENCIL_BACK_PASS_DEPTH_FAIL', 'STENCIL_BACK_PASS_DEPTH_PASS'],
    'BACK',
  ),
  set('stencilMaskSeparate', ['STENCIL_WRITEMASK'], 'FRONT'),
  set('stencilMaskSeparate', ['STENCIL_BACK_WRITEMASK'], 'BACK'),
  set('sampleCoverage', ['SAMPLE_COVERAGE_VALUE', 'SAMPLE_COVERAGE_INVERT']),
  set('cullFace', ['CULL_FACE_MODE']),
  set('frontFace', ['FRONT_FACE']),
  set('lineWidth', ['LINE_WIDTH']),
  set('polygonOffset', ['POLYGON_OFFSET_FACTOR', 'POLYGON_OFFSET_UNITS']),
];

type Parameter = {
  [Name in keyof Context]: Context[Name] extends number ? Name : never;
}[keyof Context];
type Setter = {
  [Name in keyof Context]: Context[Name] extends (...args: never[]) => void ? Name : never;
}[keyof Context];

function set(setter: Setter, names: readonly Parameter[], face?: 'FRONT' | 'BACK') {
  return { setter, names, face };
}

/**
 * Remembers all state of a context that drawing by regl changes, and sets what it takes for granted.
 *
 * @returns a function that puts the state back
 */
export function keepState(gl: Context): () => void {
  const restores = [keepSettings(gl), keepUnpacking(gl), keepTextures(gl), keepBindings(gl)];
  return () => {
    for (const restore of restores) restore();
  };
}

function keepBindings(gl: Context): () => void {
  const get = <Value>(name: number) => gl.getParameter(name) as Value;
  const program = get<WebGLProgram | null>(gl.CURRENT_PROGRAM);
  const vertexArray = get<WebGLVertexArrayObject | null>(gl.VERTEX_ARRAY_BINDING);
  const buffer = get<WebGLBuffer | null>(gl.ARRAY_BUFFER_BINDING);
  const draw = get<WebGLFramebuffer | null>(gl.DRAW_FRAMEBUFFER_BINDING);
  const read = get<WebGLFramebuffer | null>(gl.READ_FRAMEBUFFER_BINDING);
  const renderbuffer = get<WebGLRenderbuffer | null>(gl.RENDERBUFFER_BINDING);
  return () => {
    gl.useProgram(program);
    gl.bindVertexArray(vertexArray);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bindFramebuffer(gl.DRAW_FRAMEBUFFER, draw);
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, read);
    gl.bindRenderbuffer(gl.RENDERBUFFER, renderbuffer);
  };
}

function keepTextures(gl: Context): () => void {
  const active = gl.getParameter(gl.ACTIVE_TEXTURE) as number;
  const count = gl.getParameter(gl.MAX_TEXTURE_IMAGE_UNITS) as number;
  const units = Array.from({ length: count }, (_, unit) => {
    gl.activeTexture(gl.TEXTURE0 + unit);
    return {
      flat: gl.getParameter(gl.TEXTURE_BINDING_2D) as WebGLTexture | null,
      cube: gl.getParameter(gl.TEXTURE_BINDING_CUBE_MAP) as WebGLTexture | null,
      sampler: gl.getParameter(gl.SAMPLER_BINDING) as WebGLSampler | null,
    };
  });
  for (const [unit, { sampler }] of units.entries()) if (sampler !== null) gl.bindSampler(unit, null);
  return () => {
    for (const [unit, { flat, cube, sampler }] of units.entries()) {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, flat);
      gl.bindTexture(gl.TEXTURE_CUBE_MAP, cube);
      if (sampler !== null) gl.bindSampler(unit, sampler);
    }
    gl.activeTexture(active);
  };
}

function keepUnpacking(gl: Context): () => void {
  const values = [...unpacking, ...strides].map((name) => [gl[name], gl.getParameter(gl[name]) as number] as const);
  const source = gl.getParameter(gl.PIXEL_UNPACK_BUFFER_BINDING) as WebGLBuffer | null;
  for (const name of strides) gl.pixelStorei(gl[name], 0);
  gl.bindBuffer(gl.PIXEL_UNPACK_BUFFER, null);
  return () => {
    for (const [name, value] of values) gl.pixelStorei(name, value);
    gl.bindBuffer(gl.PIXEL_UNPACK_BUFFER, source);
  };
}

function keepSettings(gl: Context): () => void {
  const enabled = switches.map((name) => [gl[name], gl.isEnabled(gl[name])] as const);
  const values = settings.map(({ names, setter, face }) => {
    const read = names.map((name) => gl.getParameter(gl[name]) as number | boolean | ArrayLike<number>);
    const numbers = read.flatMap((value) => (typeof value === 'object' ? Array.from(value) : [value]));
    return [setter, face === undefined ? numbers : [gl[face], ...numbers]] as const;
  });
  return () => {
    for (const [name, isEnabled] of enabled) {
      if (isEnabled) gl.enable(name);
      else gl.disable(name);
    }
    for (const [setter, numbers] of values) Reflect.apply(gl[setter], gl, numbers);
  };
}
