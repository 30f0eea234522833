import { createRandom, density, type Field, hillshade, relief } from '../engine/index.ts';

const rounds = 7;
const checkedCells = 2000;

/**
 * Prints how long the relief of 7,500 clustered nodes takes at several sizes, and how far it is off the direct sum.
 * `args`: how many nodes, then how many cells to try, instead of the default sizes.
 */
export function run(args: readonly string[]): void {
  const [nodes = 7500, ...cells] = args.map(Number);
  const positions = clusteredNodes(nodes, 60);
  console.log(`Relief of ${nodes} nodes, medians of ${rounds} runs on one thread; error is the share of the peak.`);
  console.log('      cells   density ms  hillshade ms  direct sum ms      error');
  for (const count of cells.length > 0 ? cells : [40_000, 250_000, 1_000_000, 4_000_000]) {
    const ground = relief(positions, { cells: count, spreadsAcross: 140 });
    const { field, peak } = ground;
    const { error, milliseconds } = compareWithDirectSum(positions, field, peak);
    const row = [
      String(field.width * field.height).padStart(11),
      medianTime(() => density(positions, field))
        .toFixed(1)
        .padStart(13),
      medianTime(() => hillshade(ground))
        .toFixed(1)
        .padStart(14),
      milliseconds.toFixed(0).padStart(15),
      error.toExponential(1).padStart(11),
    ];
    console.log(row.join(''));
  }
  console.log(`The direct sum is timed on ${checkedCells} cells and scaled up.`);
}

/** Gaussian clusters of equal size, as layouts of large networks have them. */
function clusteredNodes(count: number, clusters: number): Float32Array {
  const random = createRandom(1);
  const gaussian = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const centres = Array.from({ length: clusters }, () => [1000 * random(), 1000 * random()]);
  return new Float32Array(2 * count).map((_, i) => centres[(i >> 1) % clusters][i % 2] + 20 * gaussian());
}

/** The default density once more, the plain way in double precision, at random cells. */
function compareWithDirectSum(positions: Float32Array, field: Field, peak: number) {
  const { width, height, box, values } = field;
  const cellX = (box.maxX - box.minX) / width;
  const cellY = (box.maxY - box.minY) / height;
  const squaredSpread = ((box.maxX - box.minX) * (box.maxY - box.minY)) / 140 ** 2;
  const random = createRandom(2);
  const start = performance.now();
  let largest = 0;
  for (let check = 0; check < checkedCells; check++) {
    const at = Math.floor(random() * values.length);
    const x = box.minX + ((at % width) + 0.5) * cellX;
    const y = box.maxY - (Math.floor(at / width) + 0.5) * cellY;
    let sum = 0;
    for (let i = 0; i < positions.length; i += 2) {
      const dx = x - positions[i];
      const dy = y - positions[i + 1];
      sum += squaredSpread / (squaredSpread + dx * dx + dy * dy);
    }
    largest = Math.max(largest, Math.abs(sum / (positions.length / 2) - values[at]));
  }
  const milliseconds = ((performance.now() - start) * values.length) / checkedCells;
  return { error: largest / peak, milliseconds };
}

function medianTime(work: () => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[rounds >> 1];
}
