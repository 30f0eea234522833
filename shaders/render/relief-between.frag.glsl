// Spreads colours of the relief that were computed every few pixels over all pixels, linearly.
precision highp float;

uniform sampler2D samples; // colours, rows from the bottom
uniform vec2 sampleCount; // columns, rows
uniform vec2 firstSample; // of the texture's top left, counted from the drawing's
uniform float spacing; // device pixels from one sample to the next, a power of two
uniform vec2 tileOrigin; // device pixels from the drawing's top left
uniform vec2 tileSize; // device pixels

vec4 sampleAt(vec2 place) {
  return texture2D(samples, vec2(place.x + 0.5, sampleCount.y - place.y - 0.5) / sampleCount);
}

void main() {
  // Counted from the whole drawing's top left, exact, so that tiles fit together.
  vec2 pixel = tileOrigin + vec2(gl_FragCoord.x, tileSize.y - gl_FragCoord.y);
  vec2 place = pixel / spacing - firstSample;
  vec2 low = floor(place);
  vec2 t = place - low;
  vec4 upper = mix(sampleAt(low), sampleAt(low + vec2(1.0, 0.0)), t.x);
  vec4 lower = mix(sampleAt(low + vec2(0.0, 1.0)), sampleAt(low + 1.0), t.x);
  gl_FragColor = mix(upper, lower, t.y);
}
