precision highp float;

attribute vec2 corner; // -1 or 1
attribute vec2 mark; // node index, radius in CSS pixels at scale 1
attribute vec4 color; // 0 to 1
uniform sampler2D positions;
uniform vec2 positionsSize;
uniform vec2 viewCenter;
uniform float scale;
uniform vec2 offset;
uniform vec2 tileSize;
uniform float radiusScale; // device pixels per unit of radius
uniform float ring; // device pixels
varying vec2 fromCenter; // device pixels
varying float radius; // device pixels, without the ring
varying vec4 fill;

void main() {
  vec2 texel = vec2(mod(mark.x, positionsSize.x), floor(mark.x / positionsSize.x));
  vec2 xy = texture2D(positions, (texel + 0.5) / positionsSize).ra;
  radius = max(mark.y * radiusScale, 0.6);
  fill = color;
  fromCenter = corner * (radius + ring + 1.0);
  vec2 at = (xy - viewCenter) * vec2(scale, -scale) + offset + fromCenter;
  gl_Position = vec4(at / tileSize * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
