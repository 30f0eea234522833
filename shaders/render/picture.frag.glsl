// Lays a drawing over what is there; fades it out towards the horizon of a tilted view.
precision highp float;

uniform sampler2D picture; // premultiplied
uniform vec2 tileSize; // device pixels
uniform vec2 horizon; // what a pixel to the right and one down from the middle take from the nearness to the eye
uniform float opacity;

void main() {
  vec2 apart = vec2(gl_FragCoord.x, tileSize.y - gl_FragCoord.y) - 0.5 * tileSize;
  float nearness = 1.0 - dot(horizon, apart);
  gl_FragColor = texture2D(picture, gl_FragCoord.xy / tileSize) * (opacity * smoothstep(0.0, 0.03, nearness));
}
