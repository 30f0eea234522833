// Lays a tile's drawing over a globe; fades it out towards the rim, where names are too narrow to be drawn.
#if __VERSION__ == 100
#extension GL_OES_standard_derivatives : enable
#endif
precision highp float;

uniform sampler2D picture; // premultiplied, rows from the bottom
uniform float opacity;

varying vec2 place; // from the tile's left and top
varying float facing;

const int samples = 4; // a side of what a pixel covers, which is long and narrow towards the rim

void main() {
  vec2 right = dFdx(place) / float(samples);
  vec2 down = dFdy(place) / float(samples);
  vec4 sum = vec4(0.0);
  for (int i = 0; i < samples; i++) {
    for (int j = 0; j < samples; j++) {
      vec2 apart = vec2(float(i), float(j)) - 0.5 * float(samples - 1);
      vec2 at = place + apart.x * right + apart.y * down;
      sum += texture2D(picture, vec2(at.x, 1.0 - at.y));
    }
  }
  gl_FragColor = sum * (opacity * smoothstep(0.0, 0.12, facing) / float(samples * samples));
}
