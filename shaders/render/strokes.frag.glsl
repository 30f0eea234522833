// What one stroke adds to a pixel: its energy times the share of the pixel that it covers.
precision highp float;

uniform vec2 tileOrigin;
uniform vec2 tileSize;
uniform float halfWidth;
uniform vec4 color; // premultiplied; for strokes in one colour
uniform bool isColored;
varying vec4 stroke;
varying vec2 strength;

// The share of this pixel that the stroke covers. The ends are brought back to their grid, since interpolation moves even
// what is the same at all corners by a rounding error, and tiles would differ.
float coverage() {
  vec4 ends = floor(stroke * 64.0 + 0.5) / 64.0;
  vec2 from = tileOrigin + vec2(gl_FragCoord.x, tileSize.y - gl_FragCoord.y) - ends.xy;
  vec2 run = ends.zw - ends.xy;
  float span = max(length(run), 1e-6);
  float across = abs(from.x * run.y - from.y * run.x) / span;
  float along = dot(from, run) / span;
  return clamp(halfWidth + 0.5 - across, 0.0, min(1.0, 2.0 * halfWidth)) * clamp(min(along, span - along) + 0.5, 0.0, 1.0);
}

void main() {
  gl_FragColor = isColored ? color * coverage() : vec4(strength * coverage(), 0.0, 1.0);
}
