import { forceCenter, forceLink, forceManyBody, forceSimulation, type SimulationNodeDatum } from 'd3-force';
import createNgraphLayout from 'ngraph.forcelayout';
import createGraph from 'ngraph.graph';
import { type Start, sumPairs } from './contestant.ts';

/** d3-force with the forces of its examples, all by default. */
export const d3: Start = (graph, start) => {
  const nodes = Array.from({ length: graph.nodeCount }, (_, i): SimulationNodeDatum => {
    return { index: i, x: start[2 * i], y: start[2 * i + 1] };
  });
  const links = Array.from({ length: graph.edgeCount }, (_, e) => {
    return { source: nodes[graph.edges[2 * e]], target: nodes[graph.edges[2 * e + 1]] };
  });
  const simulation = forceSimulation(nodes)
    .force('link', forceLink(links))
    .force('charge', forceManyBody())
    .force('center', forceCenter())
    .stop();
  const positions = () =>
    Float32Array.from({ length: 2 * nodes.length }, (_, k) => (k % 2 === 0 ? nodes[k >> 1].x : nodes[k >> 1].y) ?? 0);
  return {
    system: 'd3-force',
    settings: 'forceLink, forceManyBody (strength −30, θ 0.9), forceCenter; cools down in 300 ticks',
    step: () => simulation.tick(),
    positions,
    async repulsion(sample) {
      const still = nodes.map(({ x, y, index }) => ({ x, y, index, vx: 0, vy: 0 }));
      const charge = forceManyBody();
      charge.initialize?.(still, () => 0.5);
      charge(1);
      const strength = 30;
      return {
        approximate: Float64Array.from(
          { length: 2 * sample.length },
          (_, k) => still[sample[k >> 1]][k % 2 === 0 ? 'vx' : 'vy'],
        ),
        // Below a distance of 1 its force grows no faster than 1/√d.
        exact: sumPairs(positions(), sample, (square) => strength / (square < 1 ? Math.sqrt(square) : square)),
      };
    },
  };
};

/** Its springs are 10 long, not 100 to 1000 as lengths in the others' layouts are. */
const ngraphScale = 0.1;

/** ngraph.forcelayout, all by default. */
export const ngraph: Start = (graph, start) => {
  const model = createGraph({ multigraph: true });
  for (let i = 0; i < graph.nodeCount; i++) model.addNode(i);
  for (let e = 0; e < graph.edgeCount; e++) model.addLink(graph.edges[2 * e], graph.edges[2 * e + 1]);
  const run = createNgraphLayout(model);
  for (let i = 0; i < graph.nodeCount; i++)
    run.setNodePosition(i, ngraphScale * start[2 * i], ngraphScale * start[2 * i + 1]);
  const positions = () =>
    Float32Array.from({ length: 2 * graph.nodeCount }, (_, k) => run.getNodePosition(k >> 1)[k % 2 === 0 ? 'x' : 'y']);
  return {
    system: 'ngraph.forcelayout',
    settings:
      'springLength 10, springCoefficient 0.8, gravity −12, θ 0.8, drag 0.9, timeStep 0.5; the start a tenth as wide',
    step: () => run.step(),
    positions,
    async repulsion(sample) {
      const { bodies, quadTree, settings } = run.simulator;
      quadTree.insertBodies(bodies);
      const approximate = Float64Array.from(
        sample.flatMap((node) => {
          const body = bodies[node];
          body.force.x = 0;
          body.force.y = 0;
          quadTree.updateBodyForce(body);
          const { x, y } = body.force;
          body.force.x = 0;
          body.force.y = 0;
          return [x, y];
        }),
      );
      const exact = sumPairs(
        positions(),
        sample,
        (square, i, j) => (-settings.gravity * bodies[i].mass * bodies[j].mass) / square ** 1.5,
      );
      return { approximate, exact };
    },
  };
};
