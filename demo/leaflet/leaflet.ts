import 'leaflet/dist/leaflet.css';
import * as leaflet from 'leaflet';
import * as isthmus from '../../engine/embed/leaflet.ts';
import { createMap, createPageEngine } from '../../engine/index.ts';
import file from '../../software-terms.gexf.gz?url';

const worker = new Worker(new URL('../../engine/hosts/worker.ts', import.meta.url), { type: 'module' });
const engine = createPageEngine(worker);
const { graph } = await engine.readGraph(await (await fetch(file)).blob());
const { positions } = await engine.layout(graph);
const network = createMap(graph, positions, { title: 'Software terms' });

const map = leaflet.map('map', { crs: isthmus.networkCrs(network) });
map.getContainer().style.background = isthmus.backgroundOf(network);
map.fitBounds(isthmus.sheetBounds(map, network));
isthmus.liveTiles(await engine.createTilePainter(network)).addTo(map);

const popup = leaflet.popup();
isthmus.listenToPicks(map, () => network, {
  click(picked, place) {
    if (picked) popup.setLatLng(place).setContent(isthmus.popupOf(network, picked)).openOn(map);
  },
  hover(picked) {
    map.getContainer().style.cursor = picked ? 'pointer' : '';
  },
});
