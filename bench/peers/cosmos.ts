import { Graph } from '@cosmos.gl/graph';
import type { PackedGraph, Positions } from '../../engine/index.ts';
import type { PageContestant } from './page-contestant.ts';

/** Half the side of its default space, about whose middle it gathers. */
const middle = 2048;

/**
 * @cosmos.gl/graph on WebGL, all by default but for one seed and no drawing: its frames are cut off once it is ready, so
 * that nothing but its steps is timed.
 */
export async function cosmos(graph: PackedGraph, start: Positions): Promise<PageContestant> {
  const place = document.body.appendChild(document.createElement('div'));
  Object.assign(place.style, { width: '64px', height: '64px' });
  const run = new Graph(place, { randomSeed: 1, renderLinks: false, fitViewOnInit: false });
  run.setPointPositions(
    start.map((value) => value + middle),
    true,
  );
  run.setLinks(Float32Array.from(graph.edges));
  await run.ready;
  run.render(1);
  await new Promise(requestAnimationFrame);
  globalThis.requestAnimationFrame = () => 0;
  run.pause();
  const positions = () => Float32Array.from(run.getPointPositions());
  run.step();
  positions();
  return {
    system: '@cosmos.gl/graph',
    settings: 'WebGL; simulationRepulsion 1, θ 1.15, linkSpring 1, linkDistance 10, gravity 0.25, friction 0.85',
    device: rendererOf(place),
    async step(iterations) {
      for (let k = 0; k < iterations; k++) run.step();
      // Reading back is the only wait for the GPU that WebGL keeps.
      positions();
    },
    positions: async () => positions(),
  };
}

function rendererOf(place: HTMLElement): string {
  const context = place.querySelector('canvas')?.getContext('webgl2');
  const names = context?.getExtension('WEBGL_debug_renderer_info');
  if (!context || !names) return 'WebGL';
  return String(context.getParameter(names.UNMASKED_RENDERER_WEBGL));
}
