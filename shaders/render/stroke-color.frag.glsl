// A stroke in one colour, for what is emphasised.
precision highp float;

uniform float halfWidth;
uniform vec4 color; // premultiplied
varying float across;

void main() {
  gl_FragColor = color * clamp(halfWidth + 0.5 - abs(across), 0.0, 1.0);
}
