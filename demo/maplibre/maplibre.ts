import 'maplibre-gl/dist/maplibre-gl.css';
import * as maplibre from 'maplibre-gl';
import maplibreWorker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { networkLayer, popupOf } from '../../engine/embed/maplibre.ts';
import { createMap, createPageEngine } from '../../engine/index.ts';
import file from '../../software-terms.gexf.gz?url';

const worker = new Worker(new URL('../../engine/hosts/worker.ts', import.meta.url), { type: 'module' });
const engine = createPageEngine(worker);
const { graph } = await engine.readGraph(await (await fetch(file)).blob());
const { positions } = await engine.layout(graph);
const network = createMap(graph, positions, { title: 'Software terms' });
const layer = networkLayer(network, { paper: true, hover: true });

maplibre.setWorkerUrl(maplibreWorker);
const style = { version: 8 as const, sources: {}, layers: [] };
const map = new maplibre.Map({ container: 'map', style, bounds: [...layer.bounds], renderWorldCopies: false });
map.addControl(new maplibre.NavigationControl({ visualizePitch: true }));
map.on('load', () => map.addLayer(layer));

layer.on('hover', ({ picked }) => {
  map.getCanvas().style.cursor = picked === undefined ? '' : 'pointer';
});
layer.on('click', ({ picked, lngLat }) => {
  if (picked) new maplibre.Popup().setLngLat(lngLat).setDOMContent(popupOf(network, picked)).addTo(map);
});
