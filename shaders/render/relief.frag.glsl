// Paper, hypsometric tint, hillshade and contours from the density field, computed for every pixel, or every few, so that
// slopes stay smooth at any scale. Twin of engine/relief/hillshade.ts.
#if __VERSION__ == 100
#extension GL_OES_standard_derivatives : enable
#endif
precision highp float;

uniform sampler2D field; // height, one texel a cell, rows from the top
uniform vec2 fieldSize; // cells
uniform vec4 sheet; // min x, max y, width, height of the field: layout units
uniform vec2 viewCenter; // layout units
uniform vec2 viewMiddle; // device pixels from the drawing's top left to the view's centre
uniform mat2 unturn; // device pixels to layout units, about the view's centre
uniform vec2 away; // distance from the eye per layout unit, as a multiple of the centre's
uniform float spacing; // device pixels from one pixel of the target to the next
uniform vec2 targetOrigin; // of the target's top left: device pixels from the drawing's top left
uniform vec2 targetSize; // pixels
uniform float peak; // the highest value of the field
uniform float azimuth; // radians clockwise from north
uniform float altitude; // radians above the horizon
uniform float steepness; // tangent of a rise of one unit of height a cell
uniform int method; // 0 standard, 1 basic, 2 combined, 3 igor, 4 multidirectional
uniform vec3 paper;
uniform vec3 shadeColor;
uniform vec3 tintColors[4];
uniform vec4 tintHeights;
uniform float tintOpacity;
uniform float contours[8]; // shares of the peak; below 0: none
uniform vec3 contourColor;
uniform bool isOnPaper; // else hills fade out into whatever the map is laid over

const float pi = 3.14159265358979;

float texel(vec2 cell) {
  return texture2D(field, (clamp(cell, vec2(0.0), fieldSize - 1.0) + 0.5) / fieldSize).r;
}

// Cubic B-spline weights of the four nearest samples, and their derivatives.
vec4 weights(float t) {
  float s = 1.0 - t;
  return vec4(s * s * s, 4.0 - 6.0 * t * t + 3.0 * t * t * t, 4.0 - 6.0 * s * s + 3.0 * s * s * s, t * t * t) / 6.0;
}
vec4 slopes(float t) {
  float s = 1.0 - t;
  return vec4(-s * s, -4.0 * t + 3.0 * t * t, 4.0 * s - 3.0 * s * s, t * t) * 0.5;
}

// Height, and its gradient to the east and to the north, per cell.
vec3 heightAt(vec2 cell) {
  vec2 low = floor(cell);
  vec2 t = cell - low;
  vec4 wx = weights(t.x);
  vec4 wy = weights(t.y);
  vec4 sx = slopes(t.x);
  vec4 sy = slopes(t.y);
  vec3 sum = vec3(0.0);
  for (int row = 0; row < 4; row++) {
    float y = low.y + float(row) - 1.0;
    vec4 line = vec4(
      texel(vec2(low.x - 1.0, y)),
      texel(vec2(low.x, y)),
      texel(vec2(low.x + 1.0, y)),
      texel(vec2(low.x + 2.0, y))
    );
    float weight = row == 0 ? wy.x : row == 1 ? wy.y : row == 2 ? wy.z : wy.w;
    float slope = row == 0 ? sy.x : row == 1 ? sy.y : row == 2 ? sy.z : sy.w;
    float value = dot(line, wx);
    sum += vec3(value * weight, dot(line, sx) * weight, -value * slope);
  }
  return sum;
}

// The same beyond the field: far from all nodes heights fall with the squared distance from their middle.
vec3 groundAt(vec2 cell) {
  vec2 middle = 0.5 * fieldSize - 0.5;
  vec2 rim = clamp(cell, vec2(0.0), fieldSize - 1.0);
  vec3 h = heightAt(rim);
  vec2 isWithin = vec2(equal(rim, cell));
  if (isWithin == vec2(1.0)) return h;
  vec2 outward = cell - middle;
  vec2 inward = rim - middle;
  float fall = dot(inward, inward) / dot(outward, outward);
  vec2 slope = 2.0 * (inward * isWithin - fall * outward) / dot(outward, outward);
  return vec3(h.x * fall, h.yz * isWithin * fall + h.x * slope * vec2(1.0, -1.0));
}

// Lambert's cosine of the angle between the light and the ground. A slope is the tangents of its rise (east, north).
float lambert(vec2 slope, float lamp) {
  float light = sin(altitude) - dot(slope, vec2(sin(lamp), cos(lamp))) * cos(altitude);
  return max(0.0, light) * inversesqrt(1.0 + dot(slope, slope));
}

// From 0 to pi, between the way downhill and the light.
float turnOf(vec2 slope) {
  float turn = mod(abs(atan(-slope.x, -slope.y) - azimuth), 2.0 * pi);
  return min(turn, 2.0 * pi - turn);
}

float standard(vec2 slope) {
  float angle = atan(length(slope));
  float opacity = sin(angle);
  return opacity * (1.0 - turnOf(slope) / pi) + (1.0 - opacity) * cos(angle) * sin(altitude);
}

float combined(vec2 slope) {
  return 1.0 - acos(min(1.0, lambert(slope, azimuth))) * atan(length(slope)) / (0.25 * pi * pi);
}

float igor(vec2 slope) {
  return 1.0 - atan(length(slope)) / (0.5 * pi) * turnOf(slope) / pi;
}

float multidirectional(vec2 slope) {
  float aspect = atan(-slope.x, -slope.y);
  float sum = 0.0;
  for (int i = 0; i < 4; i++) {
    float lamp = azimuth + (float(i) - 2.0) * 0.25 * pi;
    float oblique = sin(aspect - lamp);
    sum += 0.5 * oblique * oblique * lambert(slope, lamp);
  }
  return sum;
}

float illumination(vec2 slope) {
  if (method == 0) return standard(0.625 * slope);
  if (method == 2) return combined(slope);
  if (method == 3) return igor(slope);
  if (method == 4) return multidirectional(slope);
  return lambert(slope, azimuth);
}

vec3 tint(float share) {
  vec3 color = tintColors[0];
  color = mix(color, tintColors[1], clamp((share - tintHeights.x) / (tintHeights.y - tintHeights.x), 0.0, 1.0));
  color = mix(color, tintColors[2], clamp((share - tintHeights.y) / (tintHeights.z - tintHeights.y), 0.0, 1.0));
  return mix(color, tintColors[3], clamp((share - tintHeights.z) / (tintHeights.w - tintHeights.z), 0.0, 1.0));
}

vec4 inkOnPaper(float share, float tone) {
  return vec4(mix(paper, tint(share), tintOpacity) * mix(vec3(1.0), shadeColor, 1.0 - tone), 1.0);
}

// Premultiplied. The shade lies over what it would else be multiplied with, which on light ground is much the same. Both
// end where the hills do: they would else tinge everything to the horizon.
vec4 inkAlone(float share, float tone) {
  float ground = tintOpacity * smoothstep(0.0, tintHeights.y, share);
  float shade = (1.0 - tone) * smoothstep(0.0, 0.25 * tintHeights.y, share);
  return vec4(tint(share) * ground, ground) * (1.0 - shade) + vec4(shadeColor, 1.0) * shade;
}

void main() {
  // From the whole drawing's top left, exact, so that tiles fit together.
  vec2 pixel = targetOrigin + spacing * vec2(gl_FragCoord.x, targetSize.y - gl_FragCoord.y);
  vec2 seen = unturn * (pixel - viewMiddle);
  vec2 xy = viewCenter + seen / (1.0 - dot(away, seen));
  vec2 cell = vec2(xy.x - sheet.x, sheet.y - xy.y) / sheet.zw * fieldSize - 0.5;
  vec3 h = groundAt(cell);
  float light = illumination(h.yz * steepness);
  float share = h.x / peak;
  float tone = pow(max(0.0, 0.2 + 0.8 * min(1.0, 1.4 * light)), 0.6);
  vec4 ink = isOnPaper ? inkOnPaper(share, tone) : inkAlone(share, tone);
  float grade = max(fwidth(share), 1e-7);
  for (int i = 0; i < 8; i++) {
    if (contours[i] < 0.0) continue;
    float line = clamp(1.0 - abs(share - contours[i]) / grade, 0.0, 1.0);
    ink = mix(ink, vec4(contourColor, 1.0), 0.45 * line);
  }
  gl_FragColor = ink;
}
