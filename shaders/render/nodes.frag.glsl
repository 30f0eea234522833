precision highp float;

uniform vec2 tileOrigin;
uniform vec2 tileSize;
uniform vec3 ringColor;
uniform float ring;
varying vec3 disc;
varying vec4 fill;
varying float presence;

void main() {
  vec3 exact = floor(disc * 64.0 + 0.5) / 64.0; // see strokes.frag
  float distance = length(tileOrigin + vec2(gl_FragCoord.x, tileSize.y - gl_FragCoord.y) - exact.xy);
  float inner = clamp(exact.z + 0.5 - distance, 0.0, 1.0);
  float outer = clamp(exact.z + ring + 0.5 - distance, 0.0, 1.0);
  vec4 color = floor(fill * 255.0 + 0.5) / 255.0;
  color.a *= floor(presence * 255.0 + 0.5) / 255.0;
  float discAlpha = inner * color.a;
  float rimAlpha = (outer - inner) * color.a * 0.85;
  gl_FragColor = vec4(color.rgb * discAlpha + ringColor * rimAlpha, discAlpha + rimAlpha);
}
