import 'maplibre-gl/dist/maplibre-gl.css';
import * as maplibre from 'maplibre-gl';
import maplibreWorker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { Protocol } from 'pmtiles';

// ?map=NAME of NAME.pmtiles, NAME-terrain.pmtiles and NAME-vector.pmtiles, each with its style beside it.
const name = new URL(new URLSearchParams(location.search).get('map') ?? 'network', location.href).href;
const readStyle = async (part: string) => (await fetch(`${name}${part}.style.json`)).json();
const [drawn, ground, parts] = await Promise.all(['', '-terrain', '-vector'].map(readStyle));
const nodes = parts.layers.find(({ type }: maplibre.LayerSpecification) => type === 'circle');
// The picture shows the nodes; the layer above it finds them.
const unseen = { ...nodes.paint, 'circle-opacity': 0, 'circle-stroke-opacity': 0 };
const sources = {
  map: { ...drawn.sources.map, url: `pmtiles://${name}.pmtiles` },
  ground: { ...ground.sources.ground, url: `pmtiles://${name}-terrain.pmtiles` },
  parts: { ...parts.sources.map, url: `pmtiles://${name}-vector.pmtiles` },
};
const layers = [...drawn.layers, { ...nodes, source: 'parts', paint: unseen }];
const style: maplibre.StyleSpecification = { version: 8, sources, terrain: ground.terrain, layers };
maplibre.setWorkerUrl(maplibreWorker);
maplibre.addProtocol('pmtiles', new Protocol().tile);
const map = new maplibre.Map({ container: 'map', style, zoom: 1, hash: true, renderWorldCopies: false });
map.addControl(new maplibre.NavigationControl({ visualizePitch: true }));
map.on('click', 'nodes', ({ lngLat, features }) => {
  const text = document.createElement('bdi');
  text.textContent = String(features?.[0]?.properties['label']);
  new maplibre.Popup().setLngLat(lngLat).setDOMContent(text).addTo(map);
});
