precision highp float;

uniform vec2 tileOrigin;
uniform vec2 tileSize;
uniform vec3 ringColor;
uniform float ring;
varying vec2 middle;
varying float radius;
varying vec4 fill;

void main() {
  float distance = length(tileOrigin + vec2(gl_FragCoord.x, tileSize.y - gl_FragCoord.y) - middle);
  float disc = clamp(radius + 0.5 - distance, 0.0, 1.0);
  float rim = clamp(radius + ring + 0.5 - distance, 0.0, 1.0);
  float discAlpha = disc * fill.a;
  float rimAlpha = (rim - disc) * fill.a * 0.85;
  gl_FragColor = vec4(fill.rgb * discAlpha + ringColor * rimAlpha, discAlpha + rimAlpha);
}
