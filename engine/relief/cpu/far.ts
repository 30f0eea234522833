import type { Grid } from '../field.ts';
import type { Radial } from '../kernel.ts';
import type { WeightedPoints } from './nodes.ts';

/**
 * Chebyshev points along each axis. A node at least half the larger side away from the box leaves a height in it that
 * is analytic up to the ellipse ρ = 1 + √2, so the interpolation is off by about ρ⁻¹⁶ < 1e-6 of it.
 */
const points = 16;

/**
 * Adds the heights that far nodes leave in the cells of a box: summed exactly at 16 × 16 Chebyshev points, then
 * interpolated. `values` has the stride `width`, rows from the top down.
 */
export function addFarInto(values: Float32Array, grid: Grid, far: WeightedPoints, kernel: Radial): void {
  const { box, width, height } = grid;
  const abscissas = Float64Array.from({ length: points }, (_, k) => Math.cos((Math.PI * (k + 0.5)) / points));
  const samples = new Float64Array(points * points);
  for (let j = 0; j < points; j++) {
    const y = 0.5 * (box.maxY + box.minY) - 0.5 * (box.maxY - box.minY) * abscissas[j];
    for (let i = 0; i < points; i++) {
      const x = 0.5 * (box.maxX + box.minX) + 0.5 * (box.maxX - box.minX) * abscissas[i];
      let sum = 0;
      for (let node = 0; node < far.x.length; node++) {
        const dx = x - far.x[node];
        const dy = y - far.y[node];
        sum += far.weights[node] * kernel(dx * dx + dy * dy);
      }
      samples[j * points + i] = sum;
    }
  }
  const across = lagrangeTable(abscissas, width);
  const down = lagrangeTable(abscissas, height);
  const line = new Float64Array(points);
  for (let row = 0; row < height; row++) {
    line.fill(0);
    for (let j = 0; j < points; j++) {
      for (let i = 0; i < points; i++) line[i] += down[row * points + j] * samples[j * points + i];
    }
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (let i = 0; i < points; i++) sum += across[column * points + i] * line[i];
      values[row * width + column] += sum;
    }
  }
}

/** The Lagrange polynomials of the Chebyshev points at `count` cell centres spread over −1 … 1, stride `points`. */
function lagrangeTable(abscissas: Float64Array, count: number): Float64Array {
  const table = new Float64Array(count * points);
  for (let cell = 0; cell < count; cell++) {
    const x = (2 * cell + 1) / count - 1;
    for (let k = 0; k < points; k++) {
      let product = 1;
      for (let l = 0; l < points; l++) if (l !== k) product *= (x - abscissas[l]) / (abscissas[k] - abscissas[l]);
      table[cell * points + k] = product;
    }
  }
  return table;
}
