// Places a square of Web Mercator on a globe, which near the ground turns into the plane.
precision highp float;

const float pi = 3.14159265358979;

uniform vec3 square; // left, top and side, as shares of the world
uniform mat4 globeMatrix; // of a sphere of radius 1: x to 90° E, y to the north pole, z to 0° E
uniform mat4 planeMatrix; // of the world's square, y southwards
uniform vec4 horizon; // a plane: what is behind it is on the far side
uniform float globeness; // 1 for the globe, 0 for the plane

attribute vec2 corner; // shares of the square, from its left and top

varying vec2 place;
varying float facing; // 1 where the globe is nearest, 0 on its rim

void main() {
  place = corner;
  vec2 world = square.xy + square.z * corner;
  float longitude = pi * (2.0 * world.x - 1.0);
  float north = exp(pi * (1.0 - 2.0 * world.y));
  // The latitude's sine and cosine are the hyperbolic tangent and secant of Mercator's northing.
  float cosine = 2.0 / (north + 1.0 / north);
  float sine = (north - 1.0 / north) / (north + 1.0 / north);
  vec4 sphere = vec4(sin(longitude) * cosine, sine, cos(longitude) * cosine, 1.0);
  vec4 onGlobe = globeMatrix * sphere;
  vec4 onPlane = planeMatrix * vec4(world, 0.0, 1.0);
  float before = dot(sphere, horizon);
  facing = mix(1.0, before / (length(horizon.xyz) + horizon.w), globeness);
  // Clipping by depth hides the far side; the plane has none.
  float depth = (1.0 - before) * onGlobe.w * clamp((globeness - 0.2) / 0.8, 0.0, 1.0);
  gl_Position = vec4(mix(onPlane.xy, onGlobe.xy, globeness), depth, mix(onPlane.w, onGlobe.w, globeness));
}
