import { describe, expect, it } from 'vitest';
import { ResourceType, WgslReflect } from 'wgsl_reflect/wgsl_reflect.module.js';
import { seriesSize } from '../../engine/layout/gpu/pyramid.ts';
import { leafSize, packSettings, settingsTable, workgroupSize } from '../../engine/layout/gpu/settings-table.ts';
import { checkSettings, type Rule } from '../../engine/layout/settings.ts';
import { type ComputeShader, layoutShaders, sortShaders } from '../../shaders/index.ts';

const shaders: readonly ComputeShader[] = [...Object.values(sortShaders), ...Object.values(layoutShaders)];

/** What a table calls a variable of the shader. */
function kindOf(variable: { resourceType: ResourceType; access: string }): string {
  if (variable.resourceType === ResourceType.Uniform) return 'uniform';
  return variable.access === 'read_write' ? 'write' : 'read';
}

describe('the table of shaders', () => {
  it('has every one', () => {
    expect(shaders.length).toBe(26);
    expect(new Set(shaders.map(({ stem }) => stem)).size).toBe(26);
  });

  it.each(shaders.map((shader) => [shader.stem, shader] as const))('has the bindings of %s', (_, shader) => {
    const groups = new WgslReflect(shader.code).getBindGroups();
    expect(groups.length).toBe(1);
    const found = groups[0].map((variable) => [variable.name, kindOf(variable)]);
    expect(found).toEqual(Object.entries(shader.bindings));
    // The default limit of storage buffers a stage.
    expect(found.filter(([, kind]) => kind !== 'uniform').length).toBeLessThanOrEqual(8);
  });

  it.each(shaders.map((shader) => [shader.stem, shader] as const))('has the entry point of %s', (_, shader) => {
    const { entry } = new WgslReflect(shader.code);
    expect(entry.compute.map(({ name }) => name)).toEqual(['main']);
  });
});

describe('the structs', () => {
  const reflected = new WgslReflect(layoutShaders.leaves.code);
  const structOf = (name: string) => {
    const struct = reflected.structs.find((candidate) => candidate.name === name);
    expect(struct).toBeDefined();
    return struct as NonNullable<typeof struct>;
  };

  it('have the settings where the table puts them', () => {
    const settings = structOf('Settings');
    expect(settings.size).toBe(settingsTable.size);
    const names = settings.members.map(({ name }) => name);
    expect(names).toEqual([...settingsTable.fields, 'levels']);
    settings.members.forEach(({ name, offset, type }, k) => {
      if (name === 'levels') expect(offset).toBe(settingsTable.levels);
      else expect([offset, type.name]).toEqual([4 * k, k < settingsTable.firstFloat ? 'u32' : 'f32']);
    });
    const levels = settings.members[settings.members.length - 1];
    expect(levels.count).toBe(settingsTable.maxLevels);
  });

  it.each([
    ['Node', 16],
    ['Edge', 8],
    ['Chunk', 12],
    ['Speed', 16],
    ['Cell', 32],
  ])('have the stride of %s', (name, size) => {
    expect(structOf(name).size).toBe(size);
  });

  it('have the rules as they are numbered', () => {
    for (const [number, rule] of ['gephi', 'graphology', 'momentum'].entries()) {
      expect(layoutShaders.speed.code).toContain(`const ${rule}Rule = ${number}u;`);
      const settings = checkSettings({ rule: rule as Rule }, 10);
      expect(new Uint32Array(packSettings(10, settings, 1))[settingsTable.fields.indexOf('rule')]).toBe(number);
    }
  });

  it('have the series and settings of the pyramid', () => {
    const { structs } = new WgslReflect(layoutShaders.charge.code);
    expect(structs.find(({ name }) => name === 'Series')?.size).toBe(seriesSize);
    const pyramid = structs.find(({ name }) => name === 'Pyramid');
    expect(pyramid?.members.map(({ name, type }) => [name, type.name])).toEqual(
      ['depth', 'coarsest', 'boxCount', 'counterCount'].map((name) => [name, 'u32']),
    );
  });

  it('have the sizes of leaves and workgroups', () => {
    expect(layoutShaders.leaves.code).toContain(`const leafSize = ${leafSize}u;`);
    for (const name of [
      'attract',
      'integrate',
      'keys',
      'repelExact',
      'repelBarnesHut',
      'repelMultipole',
      'bin',
      'settle',
    ] as const) {
      expect(layoutShaders[name].code).toContain(`@workgroup_size(${workgroupSize})`);
    }
  });
});
