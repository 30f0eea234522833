// Lays a tile's drawing over a globe.
precision highp float;

uniform sampler2D picture; // premultiplied, rows from the bottom
uniform float opacity;

varying vec2 place; // from the tile's left and top

void main() {
  gl_FragColor = opacity * texture2D(picture, vec2(place.x, 1.0 - place.y));
}
