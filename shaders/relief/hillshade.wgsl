/// The light on every cell, by the methods of engine/relief/hillshade.ts.

struct Hillshade {
  cells: vec2<u32>,
  /// The index in `hillshadeMethods`.
  method: u32,
  /// zFactor · typical slope and zFactor · mean slope, as `exaggerationOf` counts them.
  typical: f32,
  mean: f32,
  /// Radians.
  azimuth: f32,
  altitude: f32,
}

@group(0) @binding(0) var<uniform> light: Hillshade;
@group(0) @binding(1) var<storage, read> heights: array<f32>;
@group(0) @binding(2) var<storage, read> summit: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> lights: array<f32>;

const pi = 3.14159265358979;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let cell = flatGroup(group, groups) * 64u + local;
  if (cell >= light.cells.x * light.cells.y) {
    return;
  }
  let sum = summit[0].x;
  let squares = summit[0].y;
  let count = f32(light.cells.x * light.cells.y);
  let scale = select(0.0, min(light.typical * sum / squares, light.mean * count / sum), squares > 0.0);
  lights[cell] = illuminate(scale * gradientAt(cell, light.cells));
}

fn illuminate(rise: vec2<f32>) -> f32 {
  switch light.method {
    case 0u: {
      return standard(0.625 * rise);
    }
    case 2u: {
      return 1.0 - acos(min(1.0, lambert(rise, light.azimuth))) * atan(length(rise)) / (0.25 * pi * pi);
    }
    case 3u: {
      return 1.0 - atan(length(rise)) / (0.5 * pi) * turnOf(rise) / pi;
    }
    case 4u: {
      return multidirectional(rise);
    }
    default: {
      return lambert(rise, light.azimuth);
    }
  }
}

fn lambert(rise: vec2<f32>, azimuth: f32) -> f32 {
  let towards = vec2<f32>(sin(azimuth), cos(azimuth)) * cos(light.altitude);
  return max(0.0, sin(light.altitude) - dot(rise, towards)) / sqrt(1.0 + dot(rise, rise));
}

/// With t the tangent of the slope: its sine is t / √(1 + t²), its cosine 1 / √(1 + t²).
fn standard(rise: vec2<f32>) -> f32 {
  let cosine = inverseSqrt(1.0 + dot(rise, rise));
  let opacity = length(rise) * cosine;
  return opacity * (1.0 - turnOf(rise) / pi) + (1.0 - opacity) * cosine * sin(light.altitude);
}

fn multidirectional(rise: vec2<f32>) -> f32 {
  let aspect = aspectOf(rise);
  var sum = 0.0;
  for (var lamp = 0u; lamp < 4u; lamp++) {
    let azimuth = light.azimuth + (f32(lamp) - 2.0) * 0.25 * pi;
    let across = sin(aspect - azimuth);
    sum += 0.5 * across * across * lambert(rise, azimuth);
  }
  return sum;
}

/// The angle from 0 to π between the way downhill and the light.
fn turnOf(rise: vec2<f32>) -> f32 {
  let turn = abs(aspectOf(rise) - light.azimuth) % (2.0 * pi);
  return min(turn, 2.0 * pi - turn);
}

/// Clockwise from north; atan2 has no value on a plain.
fn aspectOf(rise: vec2<f32>) -> f32 {
  return select(atan2(-rise.x, -rise.y), 0.0, all(rise == vec2<f32>(0.0)));
}
