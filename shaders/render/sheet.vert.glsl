// Covers the tile with one triangle; hands on the device pixel of the whole drawing, counted from its top left.
precision highp float;

attribute vec2 corner; // -1 or 3
uniform vec2 tileSize; // device pixels
uniform vec2 tileOrigin; // device pixels from the drawing's top left
varying vec2 pixel;

void main() {
  pixel = tileOrigin + vec2(corner.x + 1.0, 1.0 - corner.y) * 0.5 * tileSize;
  gl_Position = vec4(corner, 0.0, 1.0);
}
