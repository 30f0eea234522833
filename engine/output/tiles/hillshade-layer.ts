import type { GraphMap } from '../../map/graph-map.ts';
import { multidirectionalTurns } from '../../relief/hillshade.ts';
import { hex } from '../svg-text.ts';

/** MapLibre's largest direction of a light, degrees. */
const lastDirection = 359;
/** The map's tone curve never leaves less than 0.38 of the paper's light (`toneOf`): what the shade covers, in hexadecimal. */
const shadeOpacity = '9e';

/** A layer with which MapLibre shades a source of the map's heights by the map's own light. */
export function hillshadeLayer({ settings, palette }: GraphMap, source: string): object {
  const { azimuth, altitude, method } = settings.relief;
  const turns = method === 'multidirectional' ? multidirectionalTurns : [0];
  // MapLibre wants a list of what several lights have, of each as many as there are lights.
  const each = <Value>(give: (turn: number) => Value) => (turns.length === 1 ? give(0) : turns.map(give));
  return {
    ...{ id: 'hillshade', type: 'hillshade', source },
    paint: {
      'hillshade-method': method,
      'hillshade-illumination-anchor': 'map',
      'hillshade-illumination-direction': each((turn) => Math.min(lastDirection, (azimuth + turn + 360) % 360)),
      'hillshade-illumination-altitude': each(() => altitude),
      'hillshade-shadow-color': each(() => `${hex(palette.shade)}${shadeOpacity}`),
      'hillshade-highlight-color': each(() => hex(palette.paper)),
    },
  };
}
