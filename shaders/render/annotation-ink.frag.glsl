// Turns nearness to marks into lines of their kind's width and colour, each over a rim in the paper's colour.
precision highp float;

uniform sampler2D nearness; // area, border, bridge, landmark
uniform vec2 tileSize;
uniform float reach; // device pixels
uniform float rim; // device pixels
uniform vec4 halfWidth; // device pixels, by kind
uniform vec4 opacity; // by kind
uniform vec3 areaColor;
uniform vec3 borderColor;
uniform vec3 bridgeColor;
uniform vec3 landmarkColor;
uniform vec3 paper;

// Premultiplied colour `below` with a line of this colour over it.
vec4 lineOver(vec4 below, vec3 color, float near, float half_, float alpha) {
  float distance = (1.0 - near) * reach;
  float present = step(0.5 / 255.0, near);
  float core = present * alpha * clamp(half_ + 0.5 - distance, 0.0, 1.0);
  float casing = present * 0.6 * clamp(half_ + rim + 0.5 - distance, 0.0, 1.0) * (1.0 - core);
  return vec4(color * core + paper * casing, core + casing) + below * (1.0 - core - casing);
}

void main() {
  vec4 near = texture2D(nearness, gl_FragCoord.xy / tileSize);
  vec4 ink = lineOver(vec4(0.0), areaColor, near.r, halfWidth.r, opacity.r);
  ink = lineOver(ink, borderColor, near.g, halfWidth.g, opacity.g);
  ink = lineOver(ink, bridgeColor, near.b, halfWidth.b, opacity.b);
  gl_FragColor = lineOver(ink, landmarkColor, near.a, halfWidth.a, opacity.a);
}
