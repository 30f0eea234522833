import type { StyleSpecification } from 'maplibre-gl';
import { feature } from 'topojson-client';
import file from 'world-atlas/land-50m.json?url';

/** Degrees. */
type Ring = readonly (readonly [longitude: number, latitude: number])[];

interface Land {
  readonly features: readonly { readonly geometry: { readonly coordinates: readonly (readonly Ring[])[] } }[];
}

/** A map of the world's coasts at 1:50 million, of data in this folder's packages alone: no tile server is asked. */
export async function coastStyle(): Promise<StyleSpecification> {
  const topology = await (await fetch(file)).json();
  const { features } = feature(topology, topology.objects.land) as unknown as Land;
  const polygons = features.flatMap(({ geometry }) => geometry.coordinates.map((rings) => rings.map(unrolled)));
  const land = { type: 'MultiPolygon' as const, coordinates: polygons };
  return {
    version: 8,
    sources: { land: { type: 'geojson', data: land, attribution: 'Coasts: Natural Earth' } },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': '#dde7ec' } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': '#f6f2e7' } },
      { id: 'coast', type: 'line', source: 'land', paint: { 'line-color': '#9fb1b9', 'line-width': 0.6 } },
    ],
  };
}

/** A ring of a sphere for a flat map: it goes on beyond 180° instead of jumping, and around a pole along the map's border. */
function unrolled(ring: Ring): [number, number][] {
  let turns = 0;
  const points = ring.map(([longitude, latitude], k): [number, number] => {
    const step = k === 0 ? 0 : longitude - ring[k - 1][0];
    if (Math.abs(step) > 180) turns -= Math.sign(step);
    return [longitude + 360 * turns, latitude];
  });
  if (turns === 0) return points;
  const border = 90 * Math.sign(ring[0][1]);
  return [...points, [points[points.length - 1][0], border], [points[0][0], border], points[0]];
}
