// What one stroke adds to a pixel: its energy times the share of the pixel that it covers.
precision highp float;

uniform vec2 tileOrigin;
uniform vec2 tileSize;
uniform float halfWidth;
varying vec2 start;
varying vec3 run;
varying vec2 strength;

void main() {
  vec2 from = tileOrigin + vec2(gl_FragCoord.x, tileSize.y - gl_FragCoord.y) - start;
  float across = abs(from.x * run.y - from.y * run.x);
  float along = dot(from, run.xy);
  float coverage = clamp(halfWidth + 0.5 - across, 0.0, min(1.0, 2.0 * halfWidth));
  coverage *= clamp(min(along, run.z - along) + 0.5, 0.0, 1.0);
  gl_FragColor = vec4(strength * coverage, 0.0, 1.0);
}
