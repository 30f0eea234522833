import { type Annotation, readAnnotations, restyleMap, writeAnnotations } from '../engine/index.ts';
import { flightBetween } from './flight.ts';
import { mapUnderHand } from './hand.ts';
import { coveredSides, panelSides } from './insets.ts';
import type { Picture } from './picture.ts';
import { download, gexfOf, pictureOf, sheetOf } from './save.ts';
import type { Session } from './session.ts';
import { type Actions, noMark, type State, type Update } from './state.ts';
import { centredBeside, closeUp, zoomWithin } from './view.ts';
import { sentenceOf, stemOf } from './words.ts';

export interface ActionsInput {
  readonly stateNow: () => State;
  readonly update: Update;
  readonly session: Session;
  readonly picture: Picture;
  readonly canvas: HTMLCanvasElement;
}

/** What each of a reader's wishes does to the state. */
export function createActions({ stateNow, update, session, picture, canvas }: ActionsInput): Actions {
  let flight = 0;

  const attempt = async (task: string, work: () => Promise<void>): Promise<void> => {
    update({ task });
    try {
      await work();
    } catch (error) {
      update({ trouble: sentenceOf(error) });
    } finally {
      update({ task: undefined });
    }
  };

  const setMarks = (list: readonly Annotation[]): void => {
    const { map, settings } = stateNow();
    const marks = { list, origin: list.length === 0 ? 'none' : 'edited' } as const;
    const shown = { ...settings, annotations: { ...settings.annotations, show: true } };
    update({ marks, ...noMark, settings: shown, map: map && { ...map, settings: shown, annotations: list } });
  };

  const placeOf = (node: number): readonly [number, number] => {
    const { positions } = stateNow().map!;
    return [positions[2 * node], positions[2 * node + 1]];
  };

  const beginFlight = (node: number, turn: number): void => {
    const { map, view } = stateNow();
    if (map === undefined) return;
    const [x, y] = placeOf(node);
    const near = { ...view, unitsPerPixel: closeUp(map, view) };
    const path = flightBetween(view, centredBeside(near, x, y, coveredSides()));
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const duration = isCalm ? 0 : Math.min(1600, 350 + 450 * path.length);
    const began = performance.now();
    const advance = (): void => {
      if (turn !== flight) return;
      const share = duration === 0 ? 1 : Math.min(1, (performance.now() - began) / duration);
      const eased = share * share * (3 - 2 * share);
      const at = path.at(eased);
      // A layout in motion has carried the node on meanwhile.
      const [nowX, nowY] = placeOf(node);
      update({ view: { ...at, x: at.x + eased * (nowX - x), y: at.y + eased * (nowY - y) } });
      if (share < 1) requestAnimationFrame(advance);
    };
    advance();
  };

  return {
    open: (file, name) => void session.open(file, name),
    openSample: () => void session.openSample(),
    play: () => void session.play(),
    pause: session.pause,
    restart: () => void session.restart(),
    restyle(changes) {
      const { map, settings } = stateNow();
      try {
        const styled = map && restyleMap(map, changes);
        update({ map: styled, settings: styled?.settings ?? settings });
      } catch (error) {
        update({ trouble: sentenceOf(error) });
      }
    },
    group: (method) => void session.group(method),
    choose: (changes) => update({ choices: { ...stateNow().choices, ...changes } }),
    hover(node) {
      if (node !== stateNow().hovered) update({ hovered: node });
    },
    pin: (node) => update({ pinned: node, hovered: undefined, ...noMark }),
    look(view) {
      flight++;
      update({ view, camera: 'free' });
    },
    zoom(factor, pixelX, pixelY) {
      flight++;
      const { map, view } = stateNow();
      const { left, bottom } = panelSides();
      const [x, y] = [pixelX ?? (view.width + left) / 2, pixelY ?? (view.height - bottom) / 2];
      if (map !== undefined) update({ view: zoomWithin(map, view, factor, x, y), camera: 'free' });
    },
    fit() {
      flight++;
      update({ camera: 'fitted' });
    },
    proposeMarks: () => void session.proposeMarks(),
    openMarks: (file, name) =>
      void attempt(`Reading ${name} …`, async () => {
        const { annotations, warnings } = readAnnotations(await file.text());
        setMarks(annotations);
        if (warnings.length > 0) update({ trouble: warnings.join(' ') });
      }),
    editMarks: (list) => setMarks(list),
    hoverMark(hoveredMark) {
      if (hoveredMark !== stateNow().hoveredMark) update({ hoveredMark });
    },
    pinMark: (pinnedMark) => update({ pinnedMark, hoveredMark: undefined, pinned: undefined, hovered: undefined }),
    fly(node) {
      update({ pinned: node, hovered: undefined, camera: 'free', ...noMark });
      const turn = ++flight;
      // In the next frame the node's card is there and covers its part of the map.
      requestAnimationFrame(() => {
        if (turn === flight) beginFlight(node, turn);
      });
    },
    drag(node, x, y) {
      flight++;
      // A view that followed the map would run away from the hand.
      update({ dragged: { node, x, y }, camera: 'free', hovered: node });
      session.hold();
    },
    drop(staysHeld) {
      const { dragged, held, map } = stateNow();
      if (dragged === undefined || map === undefined) return;
      const others = held.filter((node) => node !== dragged.node);
      const stays = staysHeld || others.length < held.length;
      update({
        map: mapUnderHand(stateNow(), map),
        dragged: undefined,
        held: stays ? [...others, dragged.node] : others,
      });
      session.hold();
    },
    hold(node, isHeld) {
      const others = stateNow().held.filter((other) => other !== node);
      update({ held: isHeld ? [...others, node] : others });
      session.hold();
    },
    save(what) {
      const { map, file } = stateNow();
      if (map === undefined || file === undefined) return;
      const stem = stemOf(file.name);
      const files = {
        view: async () => {
          picture.sharpen(stateNow());
          download(await pictureOf(canvas), `${stem}-view.png`);
        },
        sheet: async () => download(await sheetOf(map), `${stem}-map.png`),
        gexf: async () => download(await gexfOf(map), `${stem}-map.gexf`),
        marks: async () => {
          const text = writeAnnotations(stateNow().marks.list);
          download(new Blob([text], { type: 'application/geo+json' }), `${stem}-map.geojson`);
        },
      };
      void attempt('Saving …', files[what]);
    },
    dismiss: () => update({ trouble: undefined }),
  };
}
