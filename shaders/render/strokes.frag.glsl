// What one stroke adds to a pixel: its energy times the share of the pixel's width that it covers.
precision highp float;

uniform float halfWidth;
varying float across;
varying vec2 strength;

void main() {
  float coverage = clamp(halfWidth + 0.5 - abs(across), 0.0, min(1.0, 2.0 * halfWidth));
  gl_FragColor = vec4(strength * coverage, 0.0, 1.0);
}
