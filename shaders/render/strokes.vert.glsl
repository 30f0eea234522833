// One quad a straight piece of an edge, wide and long enough for its stroke and the soft rim. Where the stroke lies is
// handed on in pixels of the whole drawing, the same for all tiles. The edges of one bridge swing into a common lane
// between two nodes, its axis; each keeps its own ends.
precision highp float;

// Two channels are luminance and alpha in WebGL 1, red and green in WebGL 2.
#if __VERSION__ == 100
#define XY ra
#else
#define XY rg
#endif

attribute vec4 corner; // where the piece begins and ends, 0 source to 1 target; its end, 0 or 1; side, -1 or 1
attribute vec2 ends; // node indices
attribute vec2 axis; // node indices
attribute vec2 energy; // nonlocal, local
attribute vec4 piece; // both ends of a piece, layout units
uniform sampler2D positions; // layout units, one node a texel
uniform vec2 positionsSize; // texels
uniform vec2 viewCenter; // layout units
uniform vec2 viewMiddle; // device pixels from the drawing's top left to the view's centre
uniform mat2 turn; // layout units to device pixels, about the view's centre
uniform vec2 away; // distance from the eye per layout unit, as a multiple of the centre's
uniform vec2 tileOrigin; // device pixels from the drawing's top left
uniform vec2 tileSize; // device pixels
uniform float halfWidth; // device pixels
uniform float bundling; // 0 straight, 1 all in one lane
uniform bool isInPieces; // whether an instance is a piece of a stroke, as it is given
varying vec4 strokeCell; // its two ends: cells of 128 device pixels, and the rest on a grid of 1/64
varying vec4 strokeRest;
varying vec4 wholeCell; // the ends of its edge in the same form
varying vec4 wholeRest;
varying vec2 strength; // nonlocal, local, on a grid of 1/65536

const float nearest = 0.05; // see engine/map/view.ts

// Layout units from the view's centre.
vec2 placeOf(float node) {
  vec2 texel = vec2(mod(node, positionsSize.x), floor(node / positionsSize.x));
  return texture2D(positions, (texel + 0.5) / positionsSize).XY - viewCenter;
}

float distanceOf(vec2 place) {
  return 1.0 + dot(away, place);
}

// A place, or the place towards `other` from which on a line is before the eye.
vec2 seen(vec2 place, vec2 other) {
  float here = distanceOf(place);
  return here < nearest ? mix(place, other, (nearest - here) / (distanceOf(other) - here)) : place;
}

// The two ends of a line on the grid of device pixels.
vec4 pixelsOf(vec2 from, vec2 to) {
  vec2 near = seen(from, to);
  vec2 far = seen(to, from);
  vec4 ends = vec4(turn * near / distanceOf(near) + viewMiddle, turn * far / distanceOf(far) + viewMiddle);
  return floor(ends * 64.0 + 0.5) / 64.0;
}

// How far a stroke comes into its lane: never aside by more than two fifths of the lane's length.
float swayOf(vec4 run, vec4 lane) {
  float aside = max(distance(run.xy, lane.xy), distance(run.zw, lane.zw));
  return bundling * min(1.0, 0.4 * distance(lane.xy, lane.zw) / max(aside, 1e-6));
}

vec2 pointAt(vec4 run, vec4 lane, float along) {
  vec2 straight = mix(run.xy, run.zw, along);
  float pull = smoothstep(0.0, 0.25, along) * smoothstep(0.0, 0.25, 1.0 - along);
  return mix(straight, mix(lane.xy, lane.zw, along), swayOf(run, lane) * pull);
}

// The soft rim is half a pixel; the rest makes up for rasterisers that snap corners to a sixteenth of one.
void main() {
  vec4 run = vec4(placeOf(ends.x), placeOf(ends.y));
  vec4 lane = bundling > 0.0 ? vec4(placeOf(axis.x), placeOf(axis.y)) : run;
  vec2 from = isInPieces ? piece.xy - viewCenter : pointAt(run, lane, corner.x);
  vec2 to = isInPieces ? piece.zw - viewCenter : pointAt(run, lane, corner.y);
  if (max(distanceOf(from), distanceOf(to)) < nearest) {
    gl_Position = vec4(2.0, 2.0, 0.0, 1.0); // behind the eye
    return;
  }
  vec4 whole = pixelsOf(run.xy, run.zw);
  vec4 stroke = pixelsOf(from, to);
  wholeCell = floor(whole / 128.0);
  wholeRest = whole - wholeCell * 128.0;
  strokeCell = floor(stroke / 128.0);
  strokeRest = stroke - strokeCell * 128.0;
  strength = floor(energy * 65536.0 + 0.5) / 65536.0;
  vec2 course = stroke.zw - stroke.xy;
  vec2 direction = course == vec2(0.0) ? vec2(1.0, 0.0) : normalize(course);
  vec2 rim = direction * (corner.z - 0.5) * 1.4 + vec2(-direction.y, direction.x) * corner.w * (halfWidth + 0.7);
  vec2 at = mix(stroke.xy, stroke.zw, corner.z) + rim - tileOrigin;
  gl_Position = vec4(at / tileSize * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
