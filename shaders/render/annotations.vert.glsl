// One quad a segment of a mark. Where the segment lies is handed on in pixels of the whole drawing, the same for all tiles.
precision highp float;

attribute vec2 corner; // x: 0 first end, 1 second; y: side, -1 or 1
attribute vec4 ends; // layout units
attribute vec4 offsets; // of the ends, CSS pixels at scale 1, y downwards: a mark that keeps its size
attribute float kind; // 0 area, 1 border, 2 bridge, 3 landmark
uniform vec2 viewCenter; // layout units
uniform vec2 viewMiddle; // device pixels from the drawing's top left to the view's centre
uniform mat2 turn; // layout units to device pixels, about the view's centre
uniform vec2 away; // distance from the eye per layout unit, as a multiple of the centre's
uniform float markScale; // device pixels per CSS pixel at scale 1
uniform vec2 tileOrigin; // device pixels from the drawing's top left
uniform vec2 tileSize; // device pixels
uniform float reach; // device pixels, from the segment to where nothing is drawn
varying vec4 segment; // its two ends, device pixels on a grid of 1/64
varying float channel;

const float nearest = 0.05; // see engine/map/view.ts

float distanceOf(vec2 apart) {
  return 1.0 + dot(away, apart);
}

// A point, or the point towards `other` from which on a line is before the eye.
vec2 seen(vec2 apart, vec2 other) {
  float here = distanceOf(apart);
  return here < nearest ? mix(apart, other, (nearest - here) / (distanceOf(other) - here)) : apart;
}

vec2 pixelOf(vec2 apart, vec2 offset) {
  return turn * apart / distanceOf(apart) + viewMiddle + offset * markScale;
}

void main() {
  vec2 from = ends.xy - viewCenter;
  vec2 to = ends.zw - viewCenter;
  if (max(distanceOf(from), distanceOf(to)) < nearest) {
    gl_Position = vec4(2.0, 2.0, 0.0, 1.0); // behind the eye
    return;
  }
  segment = floor(vec4(pixelOf(seen(from, to), offsets.xy), pixelOf(seen(to, from), offsets.zw)) * 64.0 + 0.5) / 64.0;
  channel = kind;
  vec2 run = segment.zw - segment.xy;
  vec2 direction = run == vec2(0.0) ? vec2(1.0, 0.0) : normalize(run);
  vec2 rim = (direction * (2.0 * corner.x - 1.0) + vec2(-direction.y, direction.x) * corner.y) * (reach + 1.0);
  vec2 at = mix(segment.xy, segment.zw, corner.x) + rim - tileOrigin;
  gl_Position = vec4(at / tileSize * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
