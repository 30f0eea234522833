// Pieces of an atlas set on whole device pixels, so that type stays sharp.
precision highp float;

attribute vec2 corner; // 0 or 1, y downwards
attribute vec4 place; // left, top, width, height: device pixels of the whole drawing
attribute vec2 source; // left, top in the atlas: texels
uniform vec2 atlasSize; // texels
uniform vec2 tileOrigin;
uniform vec2 tileSize;
varying vec2 uv;

void main() {
  uv = (source + corner * place.zw) / atlasSize;
  vec2 at = place.xy + corner * place.zw - tileOrigin;
  gl_Position = vec4(at / tileSize * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
