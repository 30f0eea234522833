// One quad an edge, wide enough for its stroke and the soft rim.
precision highp float;

attribute vec2 corner; // x: 0 source, 1 target; y: side, -1 or 1
attribute vec2 ends; // node indices
attribute vec2 energy; // nonlocal, local
uniform sampler2D positions; // layout units, one node a texel
uniform vec2 positionsSize; // texels
uniform vec2 viewCenter; // layout units
uniform float scale; // device pixels per layout unit
uniform vec2 offset; // device pixels from the tile's top left to the view's centre
uniform vec2 tileSize;
uniform float halfWidth; // device pixels
varying float across; // device pixels from the middle of the stroke
varying vec2 strength;

vec2 pixelOf(float node) {
  vec2 texel = vec2(mod(node, positionsSize.x), floor(node / positionsSize.x));
  vec2 xy = texture2D(positions, (texel + 0.5) / positionsSize).ra;
  return (xy - viewCenter) * vec2(scale, -scale) + offset;
}

void main() {
  vec2 source = pixelOf(ends.x);
  vec2 target = pixelOf(ends.y);
  vec2 along = target - source;
  float span = length(along);
  vec2 direction = span > 0.0 ? along / span : vec2(1.0, 0.0);
  across = corner.y * (halfWidth + 1.0);
  strength = energy;
  vec2 at = mix(source, target, corner.x) + vec2(-direction.y, direction.x) * across;
  gl_Position = vec4(at / tileSize * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
