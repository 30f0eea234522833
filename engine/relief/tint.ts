/** A colour of the hypsometric tint; between stops colours are mixed, in sRGB. */
export interface TintStop {
  /** Share of the highest point, 0 to 1, rising from stop to stop. */
  readonly height: number;
  /** 0xRRGGBB, sRGB. */
  readonly color: number;
}

/** The model's tint, laid over the paper with `tintOpacity`: blue-grey plains, white hills. */
export const hypsometricTint: readonly TintStop[] = [
  { height: 0, color: 0x607395 },
  { height: 0.144, color: 0xcfd9db },
  { height: 0.216, color: 0xebeeea },
  { height: 1, color: 0xfefefc },
];

/** The opacity of the model's tint. */
export const tintOpacity = 0.36;

/** The tint's colour at a height (a share of the highest point), as 0xRRGGBB; beyond the stops the nearest one's. */
export function tintAt(stops: readonly TintStop[], height: number): number {
  const next = stops.findIndex((stop) => stop.height >= height);
  if (next === -1) return stops[stops.length - 1].color;
  if (next === 0) return stops[0].color;
  const low = stops[next - 1];
  const high = stops[next];
  const t = (height - low.height) / (high.height - low.height);
  const mix = (shift: number) => {
    const from = (low.color >> shift) & 0xff;
    return Math.round(from + (((high.color >> shift) & 0xff) - from) * t) << shift;
  };
  return mix(16) | mix(8) | mix(0);
}
