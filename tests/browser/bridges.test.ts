import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { writeGraph } from '../../engine/formats/index.ts';
import { withPositions } from '../../engine/graph/packed-graph.ts';
import { writeOutput } from '../../engine/hosts/files.ts';
import { readAnnotations } from '../../engine/map/annotations/geojson.ts';
import { plantedMap } from '../support/planted-bridges.ts';
import { inFolder, runIsthmus } from '../support/run-isthmus.ts';

const { graph, positions } = plantedMap({ kinds: ['bridge', 'artifact', 'landmark'], seed: 2004 });

interface Feature {
  readonly properties: { readonly kind: string };
}

/** How many pixels of two pictures of one size are different. */
function different(a: PNG, b: PNG): number {
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  let count = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    if (a.data[i] !== b.data[i] || a.data[i + 1] !== b.data[i + 1] || a.data[i + 2] !== b.data[i + 2]) count++;
  }
  return count;
}

describe('isthmus bridges', () => {
  test('lists what it finds, prints it as JSON and writes annotations', async () => {
    await inFolder(async (cwd) => {
      const options = { format: 'gexf', gzip: false } as const;
      await writeOutput(join(cwd, 'planted.gexf'), writeGraph(withPositions(graph, positions), options));
      const list = await runIsthmus(['bridges', 'planted.gexf'], { cwd });
      expect(list.code).toBe(0);
      expect(list.stdout.toString()).toMatch(/^Bridges \(1\)\n.*\n.*bridge\. \d+ links join /);
      expect(list.stderr).toContain('Positions: as in the file.');
      const { code, stdout } = await runIsthmus(['bridges', 'planted.gexf', '--json', '-o', 'found.geojson'], { cwd });
      expect(code).toBe(0);
      const { bridges, delta } = JSON.parse(stdout.toString());
      expect(delta).toBeGreaterThan(0);
      const kinds = bridges.map(({ kind }: { readonly kind: string }) => kind);
      for (const kind of ['landmark', 'bridge', 'artifact']) expect(kinds).toContain(kind);
      const bridge = bridges[kinds.indexOf('bridge')];
      expect(bridge.ends).toHaveLength(2);
      for (const end of bridge.ends) expect(graph.ids).toEqual(expect.arrayContaining(end.nodes));
      expect(bridge.nodes.length).toBeGreaterThan(0);
      const { annotations, warnings } = readAnnotations(await readFile(join(cwd, 'found.geojson'), 'utf8'));
      expect(warnings).toEqual([]);
      expect(annotations.map(({ others }) => others['bridgeKind'])).toEqual(kinds);
    });
  });

  test('lays out a graph without positions, and puts GeoJSON on stdout', async () => {
    const edges = Array.from({ length: graph.edgeCount }, (_, e) => {
      return `${graph.ids[graph.edges[2 * e]]},${graph.ids[graph.edges[2 * e + 1]]}`;
    });
    const input = `source,target\n${edges.join('\n')}\n`;
    const args = ['bridges', '-', '--iterations', '50', '-o', '-'];
    const { code, stdout, stderr } = await runIsthmus(args, { input });
    expect(code).toBe(0);
    expect(stderr).toContain('Positions: a new layout by ForceAtlas2, seed 1.');
    expect(readAnnotations(stdout.toString()).annotations.length).toBeGreaterThan(0);
  });

  test('is edited by hand and shown on the map; what is broken is told feature by feature', async () => {
    await inFolder(async (cwd) => {
      const options = { format: 'gexf', gzip: false } as const;
      await writeOutput(join(cwd, 'planted.gexf'), writeGraph(withPositions(graph, positions), options));
      await runIsthmus(['bridges', 'planted.gexf', '-o', 'found.geojson', '-q'], { cwd });
      const draw = async (name: string, ...marks: string[]) => {
        const look = ['--width', '600', '--no-legend', '--no-labels', '--no-edges'];
        const result = await runIsthmus(['map', 'planted.gexf', '-o', name, ...look, ...marks], { cwd });
        return { ...result, picture: PNG.sync.read(await readFile(join(cwd, name))) };
      };
      const bare = await draw('bare.png');
      const found = await draw('found.png', '--annotations', 'found.geojson');
      expect(found.stderr).toContain('features of found.geojson');
      expect(different(bare.picture, found.picture)).toBeGreaterThan(500);
      const collection = JSON.parse(await readFile(join(cwd, 'found.geojson'), 'utf8'));
      const bridge = collection.features.find(({ properties }: Feature) => properties.kind === 'bridge');
      bridge.properties.label = 'The isthmus of Corinth';
      const river = { ...bridge, properties: { ...bridge.properties, kind: 'river', label: 'Styx' } };
      const point = { ...bridge, geometry: { type: 'Point', coordinates: ['here', 3] } };
      await writeFile(join(cwd, 'edited.geojson'), JSON.stringify({ ...collection, features: [bridge, river, point] }));
      const edited = await draw('edited.png', '--annotations', 'edited.geojson');
      expect(edited.code).toBe(0);
      expect(edited.stderr).toContain('edited.geojson: Feature 2 ("Styx") was left out: its kind is landmark, bridge');
      expect(edited.stderr).toContain(
        'edited.geojson: Feature 3 ("The isthmus of Corinth") was left out: a place is two',
      );
      expect(edited.stderr).toContain('1 feature of edited.geojson');
      expect(different(bare.picture, edited.picture)).toBeGreaterThan(100);
      expect(different(found.picture, edited.picture)).toBeGreaterThan(100);
      const missing = await runIsthmus(['map', 'planted.gexf', '--annotations', 'nowhere.geojson'], { cwd });
      expect(missing.code).toBe(1);
      expect(missing.stderr).toContain('nowhere.geojson');
    });
  });

  test('refuses another format than GeoJSON before it reads', async () => {
    const { code, stderr } = await runIsthmus(['bridges', 'nowhere.gexf', '-o', 'out.csv']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'Bridges are written as GeoJSON, but out.csv does not end in .geojson or .json.\n',
    });
  });
});
