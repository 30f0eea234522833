precision highp float;

uniform vec3 ringColor;
uniform float ring;
varying vec2 fromCenter;
varying float radius;
varying vec4 fill;

void main() {
  float distance = length(fromCenter);
  float disc = clamp(radius + 0.5 - distance, 0.0, 1.0);
  float rim = clamp(radius + ring + 0.5 - distance, 0.0, 1.0);
  float discAlpha = disc * fill.a;
  float rimAlpha = (rim - disc) * fill.a * 0.85;
  gl_FragColor = vec4(fill.rgb * discAlpha + ringColor * rimAlpha, discAlpha + rimAlpha);
}
