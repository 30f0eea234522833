import 'maplibre-gl/dist/maplibre-gl.css';
import * as maplibre from 'maplibre-gl';
import maplibreWorker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { networkLayer, popupOf } from '../../engine/embed/maplibre.ts';
import { createMap, geographicPositions, readGraph } from '../../engine/index.ts';
import { coastStyle } from './coasts.ts';
import lines from './lines.csv?url';
import stations from './stations.csv?url';

const { graph } = await readGraph(await (await fetch(lines)).text(), { nodes: await (await fetch(stations)).text() });
const network = createMap(graph, geographicPositions(graph).positions, {
  isGeographic: true,
  settings: {
    relief: { show: false },
    nodes: { color: 'plain', scale: 0.4 },
    edges: { strength: 1.6, local: 1, width: 1.4, bundling: 0, halo: 0 },
    labels: { maxSize: 14 },
  },
});

maplibre.setWorkerUrl(maplibreWorker);
const layer = networkLayer(network, { hover: true });
const style = await coastStyle();
const map = new maplibre.Map({ container: 'map', style, hash: true, center: [-30, 25], zoom: 1.4 });
map.addControl(new maplibre.GlobeControl());
map.on('load', () => map.addLayer(layer));
layer.on('click', ({ picked, lngLat }) => {
  if (picked) new maplibre.Popup().setLngLat(lngLat).setDOMContent(popupOf(network, picked)).addTo(map);
});
