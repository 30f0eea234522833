import { keepState } from './keep-state.ts';

/** A WebGL 2 context that belongs to somebody else, as what draws by WebGL 1 sees it. */
export interface ForeignContext {
  /** Has the methods of WebGL 1; to be used within `visit` alone. The framebuffer `null` is the one that was bound at its start. */
  readonly gl: WebGLRenderingContext;
  /** Runs what draws, with vertex arrays of its own; the owner finds the context's state as it was. */
  visit<Result>(run: () => Result): Result;
  dispose(): void;
}

const [FLOAT, HALF_FLOAT_OES] = [0x1406, 0x8d61];
const [LUMINANCE, LUMINANCE_ALPHA] = [0x1909, 0x190a];

/** GLSL ES 1.00 as 3.00: the words that changed. */
const vertexWords = '#version 300 es\n#define attribute in\n#define varying out\n#define texture2D texture\n';
const fragmentWords =
  '#version 300 es\n#define varying in\n#define texture2D texture\n#define gl_FragColor fragColor\nout highp vec4 fragColor;\n';

/** A facade with methods of its own, bound to the context: the context itself is left as it is. */
export function openForeignContext(gl: WebGL2RenderingContext): ForeignContext {
  const vertexArray = gl.createVertexArray();
  let home: WebGLFramebuffer | null = null;
  const facade = Object.create(null, propertiesOf(gl)) as WebGLRenderingContext;
  Object.assign(facade, {
    getExtension: (name: string) => extensionOf(gl, name.toLowerCase()),
    shaderSource(shader: WebGLShader, source: string) {
      const isVertex = gl.getShaderParameter(shader, gl.SHADER_TYPE) === gl.VERTEX_SHADER;
      gl.shaderSource(shader, (isVertex ? vertexWords : fragmentWords) + source);
    },
    texImage2D(...args: unknown[]) {
      Reflect.apply(gl.texImage2D, gl, args.length === 9 ? sized(gl, args) : args);
    },
    bindFramebuffer: (target: number, framebuffer: WebGLFramebuffer | null) =>
      gl.bindFramebuffer(target, framebuffer ?? home),
  });
  return {
    gl: facade,
    visit(run) {
      const restore = keepState(gl);
      home = gl.getParameter(gl.FRAMEBUFFER_BINDING) as WebGLFramebuffer | null;
      gl.bindVertexArray(vertexArray);
      try {
        return run();
      } finally {
        restore();
        home = null;
      }
    },
    dispose: () => gl.deleteVertexArray(vertexArray),
  };
}

/** Constants as they are, methods bound, and what changes by itself read anew. Events of the canvas are the owner's business. */
function propertiesOf(gl: WebGL2RenderingContext): PropertyDescriptorMap {
  const properties: PropertyDescriptorMap = {};
  for (const name in gl) {
    const value: unknown = gl[name as keyof WebGL2RenderingContext];
    if (typeof value === 'function') properties[name] = { value: value.bind(gl), writable: true };
    else if (name === name.toUpperCase()) properties[name] = { value };
    else if (name !== 'canvas') properties[name] = { get: () => gl[name as keyof WebGL2RenderingContext] };
  }
  return properties;
}

/** Extensions of WebGL 1 that WebGL 2 has absorbed; the others are asked for. */
function extensionOf(gl: WebGL2RenderingContext, name: string): unknown {
  switch (name) {
    case 'angle_instanced_arrays':
      return {
        vertexAttribDivisorANGLE: gl.vertexAttribDivisor.bind(gl),
        drawArraysInstancedANGLE: gl.drawArraysInstanced.bind(gl),
        drawElementsInstancedANGLE: gl.drawElementsInstanced.bind(gl),
      };
    case 'oes_texture_float':
    case 'oes_standard_derivatives':
    case 'ext_blend_minmax':
      return {};
    case 'oes_texture_half_float':
      return { HALF_FLOAT_OES };
    case 'webgl_color_buffer_float':
      return gl.getExtension('EXT_color_buffer_float');
    default:
      return gl.getExtension(name);
  }
}

/** Arguments of texImage2D with the sized formats that WebGL 2 asks for where texels are floats. */
function sized(gl: WebGL2RenderingContext, args: readonly unknown[]): unknown[] {
  const [target, level, internal, width, height, border, format, type, data] = args;
  if (type !== FLOAT && type !== HALF_FLOAT_OES) return [...args];
  const isFull = type === FLOAT;
  const [sizedFormat, channels] =
    internal === LUMINANCE
      ? [isFull ? gl.R32F : gl.R16F, gl.RED]
      : internal === LUMINANCE_ALPHA
        ? [isFull ? gl.RG32F : gl.RG16F, gl.RG]
        : [isFull ? gl.RGBA32F : gl.RGBA16F, format];
  return [target, level, sizedFormat, width, height, border, channels, isFull ? FLOAT : gl.HALF_FLOAT, data];
}
