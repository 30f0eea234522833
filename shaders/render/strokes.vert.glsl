// One quad an edge, wide and long enough for its stroke and the soft rim. Where the stroke lies is handed on in pixels of
// the whole drawing, the same for all tiles.
precision highp float;

attribute vec2 corner; // x: 0 source, 1 target; y: side, -1 or 1
attribute vec2 ends; // node indices
attribute vec2 energy; // nonlocal, local
uniform sampler2D positions; // layout units, one node a texel
uniform vec2 positionsSize; // texels
uniform vec2 viewCenter; // layout units
uniform vec2 viewMiddle; // device pixels from the drawing's top left to the view's centre
uniform float scale; // device pixels per layout unit
uniform vec2 tileOrigin; // device pixels from the drawing's top left
uniform vec2 tileSize; // device pixels
uniform float halfWidth; // device pixels
varying vec2 start; // device pixels
varying vec3 run; // direction and length of the stroke, device pixels
varying vec2 strength;

vec2 pixelOf(float node) {
  vec2 texel = vec2(mod(node, positionsSize.x), floor(node / positionsSize.x));
  vec2 xy = texture2D(positions, (texel + 0.5) / positionsSize).ra;
  return (xy - viewCenter) * vec2(scale, -scale) + viewMiddle;
}

void main() {
  start = pixelOf(ends.x);
  vec2 end = pixelOf(ends.y);
  float span = length(end - start);
  vec2 direction = span > 0.0 ? (end - start) / span : vec2(1.0, 0.0);
  run = vec3(direction, span);
  strength = energy;
  vec2 rim = direction * (2.0 * corner.x - 1.0) + vec2(-direction.y, direction.x) * corner.y * (halfWidth + 1.0);
  vec2 at = mix(start, end, corner.x) + rim - tileOrigin;
  gl_Position = vec4(at / tileSize * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
