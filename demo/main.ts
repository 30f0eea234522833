import { createPageEngine } from '../engine/index.ts';
import { createActions } from './actions.ts';
import { panelSides } from './insets.ts';
import { listenToKeys, zoomStep } from './keys.ts';
import { navigate } from './navigation.ts';
import { createPicture, type Picture } from './picture.ts';
import { createSession } from './session.ts';
import { initialState, type Show, type State } from './state.ts';
import { createDetails } from './ui/details.ts';
import { byId } from './ui/dom.ts';
import { listenToFiles } from './ui/files.ts';
import { createLayoutControls } from './ui/layout-controls.ts';
import { createLegend } from './ui/legend.ts';
import { createMarks } from './ui/marks.ts';
import { createMeasures } from './ui/measures.ts';
import { createPanel } from './ui/panel.ts';
import { createPins } from './ui/pins.ts';
import { createPrint } from './ui/print.ts';
import { createSearch } from './ui/search.ts';
import { createStatus } from './ui/status.ts';
import { createStyleControls } from './ui/style-controls.ts';
import { carriedView, fitBeside } from './view.ts';
import { sentenceOf } from './words.ts';

let state: State = initialState;
let isScheduled = false;
const parts: Show[] = [];

const stateNow = (): State => state;

/** Events change the state; the page is drawn from it once a frame, and only in frames in which it changed. */
function update(change: Partial<State>): void {
  const next = { ...state, ...change };
  state = followed(state, next);
  if (isScheduled) return;
  isScheduled = true;
  requestAnimationFrame(() => {
    isScheduled = false;
    state = fitted(state);
    for (const show of parts) show(state);
  });
}

/** A fitted view follows the map. */
function fitted(now: State): State {
  if (now.camera === 'free' || now.map === undefined) return now;
  const view = fitBeside(now.map, now.view, panelSides());
  const isSame = (['x', 'y', 'unitsPerPixel'] as const).every((key) => view[key] === now.view[key]);
  return isSame ? now : { ...now, view };
}

/** While the layout moves, a free view grows with the map, about the pinned node, which stays under the eye. */
function followed(before: State, now: State): State {
  const { pinned, camera, map, view } = now;
  const isInHand = (before.dragged ?? now.dragged) !== undefined;
  if (camera === 'fitted' || isInHand || map === undefined || before.map?.graph !== map.graph) return now;
  if (before.map.positions === map.positions) return now;
  return { ...now, view: carriedView(view, before.map, map, pinned) };
}

/** The view takes the canvas's size, its centre stays. */
function measure(): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  update({ view: { ...state.view, width, height, pixelRatio: devicePixelRatio } });
}

const canvas = byId<HTMLCanvasElement>('canvas');

/** The map takes the focus and the keys, like a control of its own. */
function describeMap(): void {
  const map = byId('map');
  const attributes = { role: 'application', tabindex: '0', 'aria-roledescription': 'map', 'aria-label': 'Map' };
  for (const [name, value] of Object.entries(attributes)) map.setAttribute(name, value);
  map.setAttribute('aria-describedby', 'keys');
}

function start(picture: Picture): void {
  const worker = new Worker(new URL('../engine/hosts/worker.ts', import.meta.url), { type: 'module' });
  const engine = createPageEngine(worker);
  const session = createSession({
    engine,
    stateNow,
    update,
    drawingCost: picture.cost,
  });
  const actions = createActions({ stateNow, update, session, picture, canvas });
  parts.push(
    picture.show,
    createStatus(stateNow, actions),
    createDetails(actions),
    createLegend(),
    createPins(),
    createMeasures(engine, stateNow),
    createMarks(stateNow, actions),
    createSearch(stateNow, actions),
    createStyleControls(actions),
    createLayoutControls(stateNow, actions),
  );
  describeMap();
  navigate(canvas, stateNow, actions);
  listenToKeys(stateNow, actions);
  listenToFiles(actions);
  createPrint(stateNow, update);
  createPanel(measure);
  new ResizeObserver(measure).observe(canvas);
  byId('zoom-in').addEventListener('click', () => actions.zoom(zoomStep));
  byId('zoom-out').addEventListener('click', () => actions.zoom(1 / zoomStep));
  byId('fit').addEventListener('click', actions.fit);
  update({ devices: [`Drawn by ${picture.device}.`] });
  actions.openSample();
}

try {
  start(createPicture(canvas));
} catch (error) {
  byId('trouble').textContent = sentenceOf(error);
  byId('trouble').hidden = false;
}
