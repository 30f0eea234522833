// What a stroke without a halo adds to a pixel: its energy, or a colour, times the share of the pixel that it covers.
// Software renderers run whatever a shader holds, so that a halo of 0 would cost as much as any.
precision highp float;

uniform vec2 tileOrigin;
uniform vec2 tileSize;
uniform float halfWidth;
uniform vec4 color; // premultiplied; for strokes in one colour
uniform bool isColored;
varying vec4 strokeCell;
varying vec4 strokeRest;
varying vec2 strength;

// See strokes.frag.
float coverage(vec2 pixel) {
  vec4 ends = floor(strokeCell + 0.5) * 128.0 + floor(strokeRest * 64.0 + 0.5) / 64.0;
  vec2 from = pixel - ends.xy;
  vec2 run = ends.zw - ends.xy;
  float span = max(length(run), 1e-6);
  float across = abs(from.x * run.y - from.y * run.x) / span;
  float along = dot(from, run) / span;
  return clamp(halfWidth + 0.5 - across, 0.0, min(1.0, 2.0 * halfWidth)) * clamp(min(along, span - along) + 0.5, 0.0, 1.0);
}

void main() {
  vec2 energy = floor(strength * 65536.0 + 0.5) / 65536.0;
  float share = coverage(tileOrigin + vec2(gl_FragCoord.x, tileSize.y - gl_FragCoord.y));
  gl_FragColor = isColored ? color * share : vec4(energy * share, 0.0, 1.0);
}
