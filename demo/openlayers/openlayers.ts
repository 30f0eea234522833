import 'ol/ol.css';
import TileLayer from 'ol/layer/Tile.js';
import OpenLayersMap from 'ol/Map.js';
import Overlay from 'ol/Overlay.js';
import View from 'ol/View.js';
import * as isthmus from '../../engine/embed/openlayers.ts';
import { createMap, createPageEngine } from '../../engine/index.ts';
import file from '../../software-terms.gexf.gz?url';

const worker = new Worker(new URL('../../engine/hosts/worker.ts', import.meta.url), { type: 'module' });
const engine = createPageEngine(worker);
const { graph } = await engine.readGraph(await (await fetch(file)).blob());
const { positions } = await engine.layout(graph);
const network = createMap(graph, positions, { title: 'Software terms' });

const view = new View({ projection: isthmus.networkProjection(network), constrainResolution: true });
const map = new OpenLayersMap({ target: 'map', view });
view.fit(isthmus.sheetExtent(network));
const source = isthmus.liveTiles(await engine.createTilePainter(network));
map.addLayer(new TileLayer({ source, background: isthmus.backgroundOf(network) }));

const popup = new Overlay({ element: document.createElement('div'), positioning: 'bottom-center', offset: [0, -8] });
map.addOverlay(popup);
isthmus.listenToPicks(map, () => network, {
  click(picked, place) {
    popup.getElement()?.replaceChildren(...(picked ? [isthmus.popupOf(network, picked)] : []));
    popup.setPosition(picked && place);
  },
});
