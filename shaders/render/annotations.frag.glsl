// How near a pixel is to a mark of each kind: 1 on its line, 0 from `reach` on. Blended by the greatest, so that the
// joints of a path are not darker than the rest of it.
precision highp float;

uniform vec2 tileOrigin;
uniform vec2 tileSize;
uniform float reach;
varying vec4 segment;
varying float channel;

void main() {
  vec4 ends = floor(segment * 64.0 + 0.5) / 64.0; // see strokes.frag
  vec2 from = tileOrigin + vec2(gl_FragCoord.x, tileSize.y - gl_FragCoord.y) - ends.xy;
  vec2 run = ends.zw - ends.xy;
  float along = clamp(dot(from, run) / max(dot(run, run), 1e-6), 0.0, 1.0);
  float near = clamp(1.0 - length(from - along * run) / reach, 0.0, 1.0);
  float one = floor(channel + 0.5);
  gl_FragColor = near * vec4(float(one == 0.0), float(one == 1.0), float(one == 2.0), float(one == 3.0));
}
