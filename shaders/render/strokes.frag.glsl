// What one stroke adds to a pixel: its energy times the share of the pixel that it covers, less where it passes over
// crowds of nodes that its own ends are no part of.
precision highp float;

uniform vec2 tileOrigin;
uniform vec2 tileSize;
uniform float halfWidth;
uniform vec2 viewCenter; // layout units
uniform vec2 viewMiddle; // device pixels from the drawing's top left to the view's centre
uniform mat2 unturn; // device pixels to layout units, about the view's centre
uniform vec2 away; // distance from the eye per layout unit, as a multiple of the centre's
uniform float halo; // 1: strokes vanish over foreign crowds
uniform float reach; // device pixels around its ends that a stroke is at home in
uniform sampler2D field; // density of nodes as a share of its peak, rows from the top
uniform vec4 sheet; // min x, max y, width, height of the field: layout units
varying vec4 strokeCell;
varying vec4 strokeRest;
varying vec4 wholeCell;
varying vec4 wholeRest;
varying vec2 strength;

// Brings back to its grid what is the same at all corners of a quad: interpolation moves it by rounding errors, the more the
// longer and thinner the quad and the larger the number, and tiles would differ.
vec4 exact(vec4 cell, vec4 rest) {
  return floor(cell + 0.5) * 128.0 + floor(rest * 64.0 + 0.5) / 64.0;
}

// What a pixel keeps of a nonlocal stroke. From the whole drawing's top left, exact, so that tiles fit together.
float kept(vec2 pixel, float nonlocal) {
  vec4 ends = exact(wholeCell, wholeRest);
  float foreign = smoothstep(0.5 * reach, reach, min(distance(pixel, ends.xy), distance(pixel, ends.zw)));
  if (nonlocal == 0.0) return 1.0;
  vec2 seen = unturn * (pixel - viewMiddle);
  vec2 xy = viewCenter + seen / (1.0 - dot(away, seen));
  float density = texture2D(field, vec2(xy.x - sheet.x, sheet.y - xy.y) / sheet.zw).r;
  return 1.0 - halo * foreign * smoothstep(0.15, 0.5, density);
}

// The share of this pixel that the stroke covers.
float coverage(vec2 pixel) {
  vec4 ends = exact(strokeCell, strokeRest);
  vec2 from = pixel - ends.xy;
  vec2 run = ends.zw - ends.xy;
  float span = max(length(run), 1e-6);
  float across = abs(from.x * run.y - from.y * run.x) / span;
  float along = dot(from, run) / span;
  return clamp(halfWidth + 0.5 - across, 0.0, min(1.0, 2.0 * halfWidth)) * clamp(min(along, span - along) + 0.5, 0.0, 1.0);
}

void main() {
  vec2 energy = floor(strength * 65536.0 + 0.5) / 65536.0;
  vec2 pixel = tileOrigin + vec2(gl_FragCoord.x, tileSize.y - gl_FragCoord.y);
  float share = coverage(pixel) * kept(pixel, energy.x);
  gl_FragColor = vec4(energy * share, 0.0, 1.0);
}
