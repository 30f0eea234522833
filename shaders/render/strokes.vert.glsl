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
varying vec4 stroke; // its two ends, device pixels on a grid of 1/64
varying vec2 strength;

vec2 pixelOf(float node) {
  vec2 texel = vec2(mod(node, positionsSize.x), floor(node / positionsSize.x));
  vec2 xy = texture2D(positions, (texel + 0.5) / positionsSize).ra;
  return (xy - viewCenter) * vec2(scale, -scale) + viewMiddle;
}

// The soft rim is half a pixel; the rest makes up for rasterisers that snap corners to a sixteenth of one.
void main() {
  stroke = floor(vec4(pixelOf(ends.x), pixelOf(ends.y)) * 64.0 + 0.5) / 64.0;
  strength = energy;
  vec2 run = stroke.zw - stroke.xy;
  vec2 direction = run == vec2(0.0) ? vec2(1.0, 0.0) : normalize(run);
  vec2 rim = direction * (corner.x - 0.5) * 1.4 + vec2(-direction.y, direction.x) * corner.y * (halfWidth + 0.7);
  vec2 at = mix(stroke.xy, stroke.zw, corner.x) + rim - tileOrigin;
  gl_Position = vec4(at / tileSize * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
