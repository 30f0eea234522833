// Covers the tile with one triangle.
precision highp float;

attribute vec2 corner; // -1 or 3

void main() {
  gl_Position = vec4(corner, 0.0, 1.0);
}
