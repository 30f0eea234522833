// One quad a node; one too small to be drawn in its size is fainter instead. Its middle is handed on in pixels of the whole drawing, the same for all tiles.
precision highp float;

// Two channels are luminance and alpha in WebGL 1, red and green in WebGL 2.
#if __VERSION__ == 100
#define XY ra
#else
#define XY rg
#endif

attribute vec2 corner; // -1 or 1
attribute vec2 mark; // node index, radius in CSS pixels at scale 1
attribute vec4 color; // 0 to 1
uniform sampler2D positions; // layout units, one node a texel
uniform vec2 positionsSize; // texels
uniform vec2 viewCenter; // layout units
uniform vec2 viewMiddle; // device pixels from the drawing's top left to the view's centre
uniform mat2 turn; // layout units to device pixels, about the view's centre
uniform vec2 away; // distance from the eye per layout unit, as a multiple of the centre's
uniform vec2 tileOrigin; // device pixels from the drawing's top left
uniform vec2 tileSize; // device pixels
uniform float radiusScale; // device pixels per unit of radius
uniform float ring; // device pixels
varying vec3 disc; // middle and radius without the ring, device pixels on a grid of 1/64
varying vec4 fill;
varying float presence; // 0 to 1

const float leastDrawnRadius = 0.6; // see engine/map/node-marks.ts
const float nearest = 0.05; // see engine/map/view.ts

void main() {
  vec2 texel = vec2(mod(mark.x, positionsSize.x), floor(mark.x / positionsSize.x));
  vec2 xy = texture2D(positions, (texel + 0.5) / positionsSize).XY;
  vec2 apart = xy - viewCenter;
  float distance = 1.0 + dot(away, apart);
  if (distance < nearest) {
    gl_Position = vec4(2.0, 2.0, 0.0, 1.0); // behind the eye
    return;
  }
  vec2 middle = turn * apart / distance + viewMiddle;
  float radius = mark.y * radiusScale / distance;
  disc = floor(vec3(middle, max(radius, leastDrawnRadius)) * 64.0 + 0.5) / 64.0;
  fill = color;
  presence = min(1.0, radius * radius / (leastDrawnRadius * leastDrawnRadius));
  vec2 at = disc.xy + corner * (disc.z + ring + 1.0) - tileOrigin;
  gl_Position = vec4(at / tileSize * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
