import 'maplibre-gl/dist/maplibre-gl.css';
import * as maplibre from 'maplibre-gl';
import maplibreWorker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import * as isthmus from '../../engine/embed/maplibre.ts';
import { createMap, createPageEngine } from '../../engine/index.ts';
import file from '../../software-terms.gexf.gz?url';

const worker = new Worker(new URL('../../engine/hosts/worker.ts', import.meta.url), { type: 'module' });
const engine = createPageEngine(worker);
const { graph } = await engine.readGraph(await (await fetch(file)).blob());
const { positions } = await engine.layout(graph);
const network = createMap(graph, positions, { title: 'Software terms' });

maplibre.setWorkerUrl(maplibreWorker);
maplibre.addProtocol('isthmus', isthmus.networkProtocol(await engine.createTilePainter(network)));
const [west, south, east, north] = isthmus.lngLatBounds(network, network.bounds);
const map = new maplibre.Map({
  container: 'map',
  style: isthmus.networkStyle(network, { terrain: true }),
  bounds: [west, south, east, north],
  fitBoundsOptions: { padding: 60 },
  pitch: 50,
  renderWorldCopies: false,
});
map.getContainer().style.background = isthmus.backgroundOf(network);
map.addControl(new maplibre.NavigationControl({ visualizePitch: true }));
map.on('click', ({ lngLat }) => {
  const picked = isthmus.pickOnTiles(network, lngLat, map.getZoom());
  if (picked) new maplibre.Popup().setLngLat(lngLat).setDOMContent(isthmus.popupOf(network, picked)).addTo(map);
});
