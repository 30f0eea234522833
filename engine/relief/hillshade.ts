import { IsthmusError } from '../base/errors.ts';
import { mapWidthOf } from './field.ts';
import { forEachGradient } from './gradient.ts';
import type { Relief } from './relief.ts';

/**
 * How light falls on slopes, by the names that MapLibre uses.
 *
 * - `basic`: Lambert's cosine, the model's and GDAL's default
 * - `standard`: MapLibre's default, shadow and highlight by aspect alone, stronger on steep slopes
 * - `combined`: GDAL's: the angle to the light times the slope
 * - `igor`: GDAL's: slopes that turn away from the light darken, all else stays bright
 * - `multidirectional`: four lights from 90° left to 45° right of the azimuth, each weighted by how obliquely it meets
 *   the slope (USGS OF 92-422); at 315° they are GDAL's
 */
export type HillshadeMethod = 'standard' | 'basic' | 'combined' | 'igor' | 'multidirectional';

/** Where the light comes from and how high the hills are. */
export interface HillshadeSettings {
  /** Degrees clockwise from north (the top of the sheet) to where the light comes from, 0 to 360. */
  readonly azimuth: number;
  /** Degrees of the light above the horizon, 0 to 90. */
  readonly altitude: number;
  /** How much higher the hills are than by default: 0 for a plain, 2 for slopes twice as steep. 0 or more. */
  readonly zFactor: number;
  readonly method: HillshadeMethod;
}

/** The model's look: light from north-north-east, so high that plains stay white. */
export const defaultHillshade: HillshadeSettings = { azimuth: 18, altitude: 63, zFactor: 1, method: 'basic' };

/** The methods in the order by which shaders know them. */
export const hillshadeMethods: readonly HillshadeMethod[] = [
  'standard',
  'basic',
  'combined',
  'igor',
  'multidirectional',
];

/** Light for a rise to the east and to the north, both as the tangent of a slope: 0 in the dark, 1 where fully lit. */
export type Illumination = (east: number, north: number) => number;

const radians = Math.PI / 180;

/** @throws UsageError naming the setting, what came and what was expected. */
export function checkHillshade({ azimuth, altitude, zFactor, method }: HillshadeSettings): void {
  const check = (name: string, value: number, most: number) => {
    if (value >= 0 && value <= most) return;
    const range = most === Infinity ? '0 or more' : `from 0 to ${most}`;
    throw new IsthmusError('UsageError', `The hillshade's ${name} is ${value}, but has to be ${range}.`);
  };
  check('azimuth', azimuth, 360);
  check('altitude', altitude, 90);
  check('zFactor', zFactor, Infinity);
  if (!Object.hasOwn(methods, method)) {
    const names = Object.keys(methods).join(', ');
    throw new IsthmusError('UsageError', `The hillshade's method is "${method}", but has to be one of ${names}.`);
  }
}

/** The light of these settings, save for the z-factor, which belongs to the slopes that it is given. */
export function createIllumination(settings: HillshadeSettings): Illumination {
  checkHillshade(settings);
  return methods[settings.method](settings.azimuth * radians, settings.altitude * radians);
}

/** The light on every cell, stride `field.width`, rows from the top: 0 in the dark, 1 where fully lit. */
export function hillshade(relief: Relief, settings: HillshadeSettings = defaultHillshade): Float32Array {
  const { field, peak, exaggeration } = relief;
  const light = createIllumination(settings);
  const scale = peak === 0 ? 0 : (settings.zFactor * exaggeration * mapWidthOf(field.box)) / peak;
  const lights = new Float32Array(field.values.length);
  forEachGradient(field, (cell, east, north) => {
    lights[cell] = light(scale * east, scale * north);
  });
  return lights;
}

/**
 * The model's tone curve: how bright the paper stays under that light, 0.38 in the dark to 1. What it leaves out is
 * covered with the shade's colour.
 */
export function toneOf(light: number): number {
  return Math.max(0, 0.2 + 0.8 * Math.min(1, 1.4 * light)) ** 0.6;
}

/** Lambert's cosine of the angle between the light and the ground, 0 where the ground turns away. */
function lambert(azimuth: number, altitude: number): Illumination {
  const toEast = Math.sin(azimuth) * Math.cos(altitude);
  const toNorth = Math.cos(azimuth) * Math.cos(altitude);
  const up = Math.sin(altitude);
  return (east, north) =>
    Math.max(0, up - east * toEast - north * toNorth) / Math.sqrt(1 + east * east + north * north);
}

/** Light of a steepness (dz/dxy) and of the angle from 0 to π between the way downhill and the light. */
function byAspect(azimuth: number, light: (slope: number, turn: number) => number): Illumination {
  return (east, north) => {
    const slope = Math.atan(Math.hypot(east, north));
    const turn = Math.abs(Math.atan2(-east, -north) - azimuth) % (2 * Math.PI);
    return light(slope, turn > Math.PI ? 2 * Math.PI - turn : turn);
  };
}

/** Where the four lights of `multidirectional` come from, degrees clockwise from the azimuth. */
export const multidirectionalTurns: readonly number[] = [-90, -45, 0, 45];

/** The slope's factor in MapLibre's `standard` shader. */
const standardFactor = 0.625;

const methods: Readonly<Record<HillshadeMethod, (azimuth: number, altitude: number) => Illumination>> = {
  basic: lambert,
  standard(azimuth, altitude) {
    // MapLibre lays black to white by aspect over the ground with opacity sin(slope), over black with 1 − cos(slope).
    const flat = Math.sin(altitude);
    const light = byAspect(azimuth, (slope, turn) => {
      const opacity = Math.sin(slope);
      return opacity * (1 - turn / Math.PI) + (1 - opacity) * Math.cos(slope) * flat;
    });
    return (east, north) => light(standardFactor * east, standardFactor * north);
  },
  combined(azimuth, altitude) {
    const cosine = lambert(azimuth, altitude);
    return (east, north) => {
      const angle = Math.acos(Math.min(1, cosine(east, north)));
      return 1 - (angle * Math.atan(Math.hypot(east, north))) / (Math.PI / 2) ** 2;
    };
  },
  igor: (azimuth) => byAspect(azimuth, (slope, turn) => 1 - (slope / (Math.PI / 2)) * (turn / Math.PI)),
  multidirectional(azimuth, altitude) {
    const lamps = multidirectionalTurns.map((turn) => azimuth + turn * radians);
    const lights = lamps.map((lamp) => lambert(lamp, altitude));
    return (east, north) => {
      const aspect = Math.atan2(-east, -north);
      // The four weights sum to 2 whatever the aspect.
      return lamps.reduce((sum, lamp, i) => sum + 0.5 * Math.sin(aspect - lamp) ** 2 * lights[i](east, north), 0);
    };
  },
};
