import { describe, expect, it } from 'vitest';
import { createRandom } from '../../engine/base/random.ts';
import { density } from '../../engine/relief/cpu/density.ts';
import { type Field, mapWidthOf } from '../../engine/relief/field.ts';
import {
  createIllumination,
  defaultHillshade,
  type HillshadeMethod,
  hillshade,
  toneOf,
} from '../../engine/relief/hillshade.ts';
import { relief, reliefFrom } from '../../engine/relief/relief.ts';

const degrees = Math.PI / 180;
const light = (method: HillshadeMethod, azimuth = 315, altitude = 45) =>
  createIllumination({ azimuth, altitude, zFactor: 1, method });

/** Rises to the east and north that make a slope of an angle (degrees) with its way down to a bearing (degrees). */
const slope = (angle: number, bearing: number): readonly [number, number] => [
  -Math.tan(angle * degrees) * Math.sin(bearing * degrees),
  -Math.tan(angle * degrees) * Math.cos(bearing * degrees),
];

function plane(width: number, height: number, east: number, north: number): Field {
  const box = { minX: 0, minY: 0, maxX: 2 * width, maxY: 2 * height };
  const values = new Float32Array(width * height).map(
    (_, at) => 5 + east * 2 * (at % width) - north * 2 * Math.floor(at / width),
  );
  return { width, height, box, values };
}

describe('illumination', () => {
  it('is the formula of the model by default, with the light from the top of the sheet', () => {
    const modelAzimuth = 0.6 * Math.PI;
    const altitude = 0.35 * Math.PI;
    const random = createRandom(3);
    const shine = createIllumination(defaultHillshade);
    for (let round = 0; round < 100; round++) {
      const dx = 4 * random() - 2;
      const dy = 4 * random() - 2;
      const steepness = Math.atan(Math.hypot(dx, dy));
      const aspect = Math.atan2(-dy, -dx);
      const expected =
        Math.cos(Math.PI - aspect - modelAzimuth) * Math.sin(steepness) * Math.cos(altitude) +
        Math.cos(steepness) * Math.sin(altitude);
      expect(shine(dx, dy)).toBeCloseTo(Math.max(0, expected), 12);
    }
    expect(shine(...slope(60, 0))).toBeGreaterThan(2 * shine(...slope(60, 180)));
  });

  it('is 1 where the light falls straight on a slope, 0 where the slope turns away', () => {
    for (const azimuth of [0, 90, 200, 315]) {
      expect(light('basic', azimuth)(...slope(45, azimuth))).toBeCloseTo(1, 12);
      expect(light('basic', azimuth)(...slope(50, azimuth + 180))).toBe(0);
    }
  });

  it('agrees with GDAL and MapLibre by hand in the other methods', () => {
    // combined: 1 − angle · slope / (π/2)²
    expect(light('combined')(...slope(45, 315))).toBeCloseTo(1, 6);
    expect(light('combined')(...slope(45, 135))).toBeCloseTo(0.5, 6);
    expect(light('combined')(0, 0)).toBe(1);
    // igor: 1 − slope / 90° · turn / 180°
    expect(light('igor')(...slope(45, 135))).toBeCloseTo(0.5, 6);
    expect(light('igor')(...slope(45, 315))).toBeCloseTo(1, 6);
    expect(light('igor')(...slope(30, 45))).toBeCloseTo(1 - (1 / 3) * 0.5, 6);
    expect(light('igor', 350)(...slope(30, 20))).toBeCloseTo(1 - (1 / 3) * (30 / 180), 6);
    // standard: tan 45° × 0.625 is a slope of 32°; lit it is all sine, in the dark all cosine of the ground
    const sine = Math.sin(Math.atan(0.625));
    const ground = (1 - sine) * Math.cos(Math.atan(0.625)) * Math.SQRT1_2;
    expect(light('standard')(...slope(45, 315))).toBeCloseTo(sine + ground, 6);
    expect(light('standard')(...slope(45, 135))).toBeCloseTo(ground, 6);
    // multidirectional: ½ Σ sin²(aspect − direction) · Lambert over 225°, 270°, 315°, 360°
    const lambert = (bearing: number, lamp: number) => light('basic', lamp)(...slope(30, bearing));
    for (const bearing of [0, 100, 225, 300]) {
      const sum = [225, 270, 315, 360].reduce(
        (total, lamp) => total + Math.sin((bearing - lamp) * degrees) ** 2 * lambert(bearing, lamp),
        0,
      );
      expect(light('multidirectional')(...slope(30, bearing))).toBeCloseTo(sum / 2, 12);
    }
    expect(light('multidirectional')(0, 0)).toBeCloseTo(Math.SQRT1_2, 12);
  });

  it('stays from 0 to 1 in every method', () => {
    const random = createRandom(8);
    for (const method of ['standard', 'basic', 'combined', 'igor', 'multidirectional'] as const) {
      for (let round = 0; round < 500; round++) {
        const shine = light(method, 360 * random(), 90 * random());
        const steepness = 10 ** (6 * random() - 3);
        const value = shine(steepness * (random() - 0.5), steepness * (random() - 0.5));
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    }
  });

  it('refuses settings out of range', () => {
    expect(() => light('basic', 400)).toThrow("The hillshade's azimuth is 400, but has to be from 0 to 360.");
    expect(() => light('basic', 0, -1)).toThrow("The hillshade's altitude is -1, but has to be from 0 to 90.");
    expect(() => light('toString' as HillshadeMethod)).toThrow('has to be one of basic, ');
  });
});

describe('hillshade', () => {
  it('is even on a plane, up to its border, and as bright as the slope says', () => {
    const field = plane(20, 12, 0.3, -0.2);
    const settings = { ...defaultHillshade, zFactor: 1.5 };
    const shine = createIllumination(settings);
    const ground = reliefFrom(field);
    const scale = (1.5 * ground.exaggeration * mapWidthOf(field.box)) / ground.peak;
    for (const value of hillshade(ground, settings)) expect(value).toBeCloseTo(shine(0.3 * scale, -0.2 * scale), 4);
  });

  it('looks the same on grids of any fineness', () => {
    const random = createRandom(4);
    const positions = new Float32Array(600).map(() => random() + random() + random());
    const box = { minX: -0.2, minY: -0.2, maxX: 3.2, maxY: 3.2 };
    const [coarse, fine] = [400, 1200].map((cells) => {
      const ground = reliefFrom(density(positions, { box, width: cells, height: cells }));
      return { ...ground.field, values: hillshade(ground) };
    });
    let sum = 0;
    coarse.values.forEach((value, at) => {
      const column = 3 * (at % coarse.width) + 1;
      const row = 3 * Math.floor(at / coarse.width) + 1;
      sum += Math.abs(value - fine.values[row * fine.width + column]);
    });
    expect(sum / coarse.values.length).toBeLessThan(0.01);
  });

  it('lights the upper side of a hill', () => {
    const ground = relief(Float32Array.of(0, 0), { cells: 101 * 101 });
    const lights = hillshade(ground);
    expect(lights[49 * 101 + 50]).toBeGreaterThan(lights[51 * 101 + 50] + 0.3);
  });

  it('turns into the brightness of the paper', () => {
    expect(toneOf(Math.sin(63 * degrees))).toBe(1);
    expect(toneOf(0)).toBeCloseTo(0.2 ** 0.6, 12);
    expect(toneOf(0.5)).toBeCloseTo(0.76 ** 0.6, 12);
  });
});
