// A stroke in one colour, for what is emphasised.
precision highp float;

uniform vec2 tileOrigin;
uniform vec2 tileSize;
uniform float halfWidth;
uniform vec4 color; // premultiplied
varying vec2 start;
varying vec3 run;

void main() {
  vec2 from = tileOrigin + vec2(gl_FragCoord.x, tileSize.y - gl_FragCoord.y) - start;
  float across = abs(from.x * run.y - from.y * run.x);
  float along = dot(from, run.xy);
  gl_FragColor = color * clamp(halfWidth + 0.5 - across, 0.0, 1.0) * clamp(min(along, run.z - along) + 0.5, 0.0, 1.0);
}
