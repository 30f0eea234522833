import { describe, expect, it } from 'vitest';
import { ResourceType, WgslReflect } from 'wgsl_reflect/wgsl_reflect.module.js';
import { stagesOf } from '../../engine/relief/gpu/fourier.ts';
import { latticeFor, lead } from '../../engine/relief/gpu/lattice.ts';
import { stretch } from '../../engine/relief/gpu/resources.ts';
import {
  depositUniform,
  foldUniform,
  gatherUniform,
  hillshadeUniform,
  knotsUniform,
  slopesUniform,
  stageUniform,
  summitUniform,
} from '../../engine/relief/gpu/uniforms.ts';
import { type ComputeShader, reliefShaders } from '../../shaders/index.ts';

const shaders: readonly (readonly [string, ComputeShader])[] = Object.entries(reliefShaders);

describe('the table of relief shaders', () => {
  it('has every one, under stems of their own', () => {
    expect(new Set(shaders.map(([, { stem }]) => stem)).size).toBe(8);
  });

  it.each(shaders)('has the entry point and the bindings of %s', (_, { code, bindings }) => {
    const reflected = new WgslReflect(code);
    expect(reflected.entry.compute.map(({ name }) => name)).toEqual(['main']);
    const [group, ...others] = reflected.getBindGroups();
    expect(others).toEqual([]);
    const found = group.map(({ name, resourceType, access }) => {
      if (resourceType === ResourceType.Uniform) return [name, 'uniform'];
      return [name, access === 'read_write' ? 'write' : 'read'];
    });
    expect(found).toEqual(Object.entries(bindings));
  });
});

/** The values of a struct's members by their names, vectors as lists, read where the shader reads them. */
function decode(code: string, name: string, bytes: Uint8Array): Record<string, number | number[]> {
  const struct = new WgslReflect(code).structs.find((candidate) => candidate.name === name);
  if (struct === undefined) throw new Error(`There is no struct ${name}.`);
  const view = new DataView(bytes.buffer);
  expect(bytes.byteLength).toBeGreaterThan(struct.size - 16);
  return Object.fromEntries(
    struct.members.map(({ name: member, offset, type }) => {
      const vector = /vec2<(\w+)>|vec2/.exec(type.name);
      const isFloat = `${type.name} ${JSON.stringify(type)}`.includes('f32');
      const read = (at: number) => (isFloat ? view.getFloat32(at, true) : view.getUint32(at, true));
      return [member, vector === null ? read(offset) : [read(offset), read(offset + 4)]];
    }),
  );
}

describe('uniforms', () => {
  const grid = { width: 30, height: 20, box: { minX: -3, minY: 4, maxX: 12, maxY: 14 } };
  const lattice = latticeFor(grid, 0.7);
  const size = [lattice.width, lattice.height];
  const cells = [30, 20];

  it('of spreading and reading', () => {
    expect(decode(reliefShaders.deposit.code, 'Deposit', depositUniform(lattice, 77, 1024))).toEqual({
      corner: [-3, 14],
      knotsPerUnit: Math.fround(1 / lattice.spacing),
      quanta: 1024,
      offset: [lead, lead],
      size,
      nodeCount: 77,
    });
    const knots = { size, period: lattice.periodX, perQuantum: 1 / 1024 };
    expect(decode(reliefShaders.knots.code, 'Knots', knotsUniform(lattice, 1024))).toEqual(knots);
    expect(decode(reliefShaders.gather.code, 'Gather', gatherUniform(grid, lattice, lead))).toEqual({
      cells,
      knotsPerCell: [Math.fround(0.5 / lattice.spacing), Math.fround(0.5 / lattice.spacing)],
      offset: [lead, lead],
      period: lattice.periodX,
    });
  });

  it('of the transform', () => {
    const stages = stagesOf(64, 32, { along: 'column', lines: 64, known: 9, isInverse: true });
    expect(stages.map(({ radix, done, known }) => [radix, done, known])).toEqual([
      [2, 1, 9],
      [4, 2, 32],
      [4, 8, 32],
    ]);
    for (const stage of stages) {
      const expected = { ...stage, isInverse: 1 };
      expect(decode(reliefShaders.fourier.code, 'Stage', stageUniform(stage))).toEqual(expected);
    }
    const periods = [lattice.periodX, lattice.periodY];
    expect(decode(reliefShaders.fold.code, 'Fold', foldUniform(lattice))).toEqual({ periods });
  });

  it('of the ground and the light', () => {
    expect(decode(reliefShaders.slopes.code, 'Slopes', slopesUniform(grid))).toEqual({ cells });
    expect(decode(reliefShaders.summit.code, 'Summit', summitUniform(5))).toEqual({ parts: 5 });
    expect(reliefShaders.slopes.code).toContain(`const stretch = ${stretch}u;`);
    const light = { azimuth: 90, altitude: 45, zFactor: 2, method: 'igor' } as const;
    expect(decode(reliefShaders.hillshade.code, 'Hillshade', hillshadeUniform(grid, light))).toMatchObject({
      cells,
      method: 3,
      azimuth: Math.fround(Math.PI / 2),
      altitude: Math.fround(Math.PI / 4),
    });
  });
});
