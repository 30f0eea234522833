import type { View } from '../engine/index.ts';

/** A path from one view to another: its natural length, and the view at a share 0 to 1 of it. */
export interface Flight {
  readonly length: number;
  at(share: number): View;
}

/** How much a flight prefers zooming out to panning; the value that readers liked best in van Wijk's study. */
const rho = Math.SQRT2;

/**
 * The smoothest way from one view to another: out, across and in, at a perceived speed that stays the same
 * (van Wijk and Nuij 2003, "Smooth and efficient zooming and panning").
 */
export function flightBetween(from: View, to: View): Flight {
  const w0 = from.unitsPerPixel * from.width;
  const w1 = to.unitsPerPixel * to.width;
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const distance = Math.hypot(dx, dy);
  if (distance < 1e-6 * Math.min(w0, w1)) {
    const growth = Math.log(w1 / w0);
    return {
      length: Math.abs(growth) / rho,
      at: (share) => ({
        ...to,
        x: from.x + dx * share,
        y: from.y + dy * share,
        unitsPerPixel: from.unitsPerPixel * Math.exp(growth * share),
      }),
    };
  }
  const b0 = (w1 ** 2 - w0 ** 2 + rho ** 4 * distance ** 2) / (2 * w0 * rho ** 2 * distance);
  const b1 = (w1 ** 2 - w0 ** 2 - rho ** 4 * distance ** 2) / (2 * w1 * rho ** 2 * distance);
  const r0 = -Math.asinh(b0);
  const r1 = -Math.asinh(b1);
  const length = (r1 - r0) / rho;
  return {
    length,
    at(share) {
      const s = share * length;
      const travelled = (w0 / (rho ** 2 * distance)) * (Math.cosh(r0) * Math.tanh(rho * s + r0) - Math.sinh(r0));
      const across = (w0 * Math.cosh(r0)) / Math.cosh(rho * s + r0);
      return {
        ...to,
        x: from.x + dx * travelled,
        y: from.y + dy * travelled,
        unitsPerPixel: across / to.width,
      };
    },
  };
}
