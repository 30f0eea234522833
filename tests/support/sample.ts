import { readFileSync } from 'node:fs';
import { readGraph } from '../../engine/formats/index.ts';
import type { PackedGraph } from '../../engine/graph/packed-graph.ts';

/** The bundled network: 7,908 expressions, 85,000 weighted edges, one component. */
export async function readSample(): Promise<PackedGraph> {
  const { graph } = await readGraph(readFileSync(new URL('../../software-terms.gexf.gz', import.meta.url)));
  return graph;
}
