precision highp float;

uniform sampler2D atlas; // premultiplied
varying vec2 uv;

void main() {
  gl_FragColor = texture2D(atlas, uv);
}
