import { IsthmusError } from '../../base/errors.ts';
import { squareOf } from '../../base/mercator.ts';
import { type Emphasis, emphasisOfAnnotation, emphasisOfNode } from '../../map/emphasis.ts';
import type { GraphMap } from '../../map/graph-map.ts';
import type { View } from '../../map/view.ts';
import type { Bounds } from '../../output/tiles/pyramid.ts';
import { createGuestRenderer, type GuestRenderer } from '../../render/guest-renderer.ts';
import { featureOf, type NetworkFeature } from '../features.ts';
import { type Picked, pickIn, pickInWorld } from '../pick.ts';
import { lngLatBounds, type Placement, placementOf } from '../placement.ts';
import { viewOf } from './camera.ts';
import { globeOf, globeTiles, groundAt } from './globe.ts';
import type { HostContext, HostFrame, HostMap, HostTile } from './host.ts';
import { createPointer, type NetworkEvent, type NetworkListener, type Subscription } from './pointer.ts';
import { addAgainAfterLoss } from './revive.ts';
import { createTileDrawings } from './terrain.ts';
import { viewsAround } from './turns.ts';

/** How a network lies on a web map. */
export interface NetworkLayerOptions {
  /** The layer's id, by which MapLibre moves, hides and removes it (default `network`). */
  readonly id?: string | undefined;
  /** Where the network lies (default: where its tiles lie, `placementOf`). */
  readonly placement?: Placement | undefined;
  /** Whether the map has paper, which hides the layers below; without it hills fade out into them (default false). */
  readonly paper?: boolean | undefined;
  /** 0 to 1 (default 1). */
  readonly opacity?: number | undefined;
  /** Whether what is under the pointer is shown in the accent colour, with its links (default false). */
  readonly hover?: boolean | undefined;
}

/** A network as a layer of a MapLibre map, versions 5 and 6: give it to `map.addLayer`. */
export interface NetworkLayer {
  readonly id: string;
  readonly type: 'custom';
  readonly renderingMode: '2d';
  /** Changes where terrain tiles have to be drawn anew. */
  readonly terrainTileRevision: number;
  readonly map: GraphMap;
  readonly placement: Placement;
  /** Degrees between which the sheet lies, for the map's `fitBounds`. */
  readonly bounds: Bounds;
  /** Shows another map, or the same while its layout moves; it stays where the first was placed unless told otherwise. */
  setMap(map: GraphMap, placement?: Placement): void;
  /** Shows nodes and links in the accent colour, or none. */
  setEmphasis(emphasis: Emphasis | undefined): void;
  /** 0 to 1. */
  setOpacity(opacity: number): void;
  /** The node, or else the annotation, under a CSS pixel of the map; undefined where there is none, and before the first frame. */
  pick(point: { readonly x: number; readonly y: number }): NetworkFeature | undefined;
  /** Listens to clicks on nodes and annotations, or to what the pointer comes over. */
  on(type: NetworkEvent['type'], listener: NetworkListener): Subscription;
  /** Called by MapLibre. */
  onAdd(map: HostMap, gl: HostContext): void;
  prerender(gl: HostContext, frame: HostFrame): void;
  render(gl: HostContext, frame: HostFrame): void;
  renderToTerrainTile(gl: HostContext, tile: HostTile): void;
  onRemove(map: HostMap, gl: HostContext): void;
}

/**
 * A layer that draws a network in MapLibre's own context. Its map is drawn anew when the camera or the map has changed.
 *
 * @throws DeviceError in `addLayer` if the context is no WebGL 2; in the first frame if it lacks float textures that can be
 *   drawn into
 */
export function networkLayer(first: GraphMap, options: NetworkLayerOptions = {}): NetworkLayer {
  const { id = 'network', paper: isOnPaper = false, hover = false } = options;
  let map = first;
  let placement = options.placement ?? placementOf(map);
  let opacity = options.opacity ?? 1;
  let emphasis: Emphasis | undefined;
  let drawingOf = createTileDrawings(map, placement);
  let revision = 0;
  let host: HostMap | undefined;
  let renderer: GuestRenderer | undefined;
  let views: readonly View[] = [];
  let isGlobe = false;
  let detach = (): void => {};

  const changed = (): void => {
    revision++;
    host?.triggerRepaint();
  };
  const rendererOn = (gl: HostContext): GuestRenderer => {
    renderer ??= createGuestRenderer(gl as WebGL2RenderingContext);
    return renderer;
  };
  const look = (gl: HostContext, { defaultProjectionData }: HostFrame): void => {
    const { mainMatrix, projectionTransition } = defaultProjectionData;
    isGlobe = projectionTransition > 0;
    const view = isGlobe ? undefined : viewOf(mainMatrix, placement, canvasOf(gl));
    const goesRound = map.isGeographic && host?.getRenderWorldCopies() === true;
    if (view === undefined) views = [];
    else views = goesRound ? viewsAround(view, placement) : [view];
  };
  const draw = (gl: HostContext, view: View): void => rendererOn(gl).draw(map, view, { emphasis, isOnPaper });
  const drawOnGlobe = (gl: HostContext, host: HostMap): void => {
    const tiles = globeTiles(host, drawingOf, canvasOf(gl).pixelRatio);
    rendererOn(gl).drawTiles(tiles, [drawingOf, emphasis], { emphasis, isOnPaper });
  };
  const pick = (x: number, y: number): Picked | undefined => {
    if (host === undefined || (views.length === 0 && !isGlobe)) return undefined;
    if (host.getTerrain() === null && !isGlobe) {
      return views.map((view) => pickIn(map, view, x, y)).find((picked) => picked !== undefined);
    }
    const ground = isGlobe ? groundAt(host, x, y) : host.unproject([x, y]);
    if (ground === undefined) return undefined;
    return pickInWorld(map, ...squareOf(ground.lng, ground.lat), 512 * 2 ** host.getZoom(), placement.world);
  };
  const pointer = createPointer({ pick, featureOf: (picked) => featureOf(map, placement, picked) });
  const layer: NetworkLayer = {
    ...{ id, type: 'custom', renderingMode: '2d' },
    get terrainTileRevision() {
      return revision;
    },
    get map() {
      return map;
    },
    get placement() {
      return placement;
    },
    get bounds() {
      return lngLatBounds(placement, map.sheet);
    },
    setMap(next, place = placement) {
      [map, placement] = [next, place];
      drawingOf = createTileDrawings(map, placement);
      changed();
    },
    setEmphasis(next) {
      emphasis = next;
      changed();
    },
    setOpacity(next) {
      opacity = next;
      changed();
    },
    pick({ x, y }) {
      const picked = pick(x, y);
      return picked && featureOf(map, placement, picked);
    },
    on: pointer.on,
    onAdd(target, gl) {
      if (!(gl instanceof WebGL2RenderingContext)) {
        throw new IsthmusError(
          'DeviceError',
          'The network layer draws by WebGL 2, but the map has a context of WebGL 1.',
        );
      }
      host = target;
      detach = pointer.attach(target);
    },
    prerender(gl, frame) {
      look(gl, frame);
      if (host === undefined || host.getTerrain() !== null) return;
      // Of several drawings each is made when it is shown, since one is kept.
      if (views.length === 1) draw(gl, views[0]);
      if (isGlobe) drawOnGlobe(gl, host);
    },
    render(gl, frame) {
      look(gl, frame);
      if (isGlobe && host !== undefined) {
        drawOnGlobe(gl, host);
        rendererOn(gl).showTiles(globeOf(frame), canvasOf(gl), opacity);
      }
      for (const view of views) {
        draw(gl, view);
        rendererOn(gl).show(opacity);
      }
    },
    renderToTerrainTile(gl, tile) {
      const drawing = drawingOf(tile);
      rendererOn(gl).draw(drawing.map, drawing.view, { tile: drawing.tile, emphasis, isOnPaper });
      rendererOn(gl).show(opacity);
    },
    onRemove(target, gl) {
      detach();
      if (gl.isContextLost()) addAgainAfterLoss(target, layer);
      else renderer?.dispose();
      [host, renderer, views, isGlobe] = [undefined, undefined, [], false];
    },
  };
  if (hover) pointer.on('hover', ({ picked }) => layer.setEmphasis(emphasisOf(map, picked)));
  return layer;
}

function canvasOf(gl: HostContext) {
  const { drawingBufferWidth: width, drawingBufferHeight: height, canvas } = gl;
  // MapLibre rounds the canvas to whole pixels, so that the ratio asked for is not quite that of the pixels there are.
  const across = canvas instanceof HTMLCanvasElement ? Number.parseFloat(canvas.style.width) : width;
  return { width, height, pixelRatio: width / (across || width) };
}

function emphasisOf(map: GraphMap, picked: Picked | undefined): Emphasis | undefined {
  if (picked === undefined) return undefined;
  return picked.kind === 'node' ? emphasisOfNode(map, picked.index) : emphasisOfAnnotation(map, picked.index);
}
