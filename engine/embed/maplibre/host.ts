/** What the layer needs of a MapLibre map, in the form that versions 5 and 6 share. */
export interface HostMap {
  getCanvas(): HTMLCanvasElement;
  triggerRepaint(): void;
  isMoving(): boolean;
  getZoom(): number;
  getRenderWorldCopies(): boolean;
  getTerrain(): object | null;
  unproject(point: [number, number]): { readonly lng: number; readonly lat: number };
  project(lngLat: { readonly lng: number; readonly lat: number }): { readonly x: number; readonly y: number };
  coveringTiles(options: { tileSize: number; roundZoom: boolean }): readonly HostTile['tileID'][];
  getLayer(id: string): unknown;
  getLayersOrder(): string[];
  addLayer(layer: never, beforeId?: string): unknown;
  on(type: HostEvent, listener: (event: HostPointerEvent) => void): unknown;
  off(type: HostEvent, listener: (event: HostPointerEvent) => void): unknown;
}

/** The events that the layer listens to. */
export type HostEvent = 'click' | 'mousemove' | 'mouseout' | 'style.load';

/** What a map tells about the pointer. */
export interface HostPointerEvent {
  /** CSS pixels from the map's top left. */
  readonly point: { readonly x: number; readonly y: number };
  readonly lngLat: { readonly lng: number; readonly lat: number };
  readonly originalEvent: MouseEvent;
}

/** What a frame is told about the camera. */
export interface HostFrame {
  readonly defaultProjectionData: {
    /** Takes the square of the world to clip space, or the globe, a sphere of radius 1; by columns. */
    readonly mainMatrix: ArrayLike<number>;
    /** Takes the square of the world to clip space where the globe turns into a plane. */
    readonly fallbackMatrix: ArrayLike<number>;
    /** Behind it is the globe's far side. */
    readonly clippingPlane: ArrayLike<number>;
    /** 0 on a plane, up to 1 on a globe. */
    readonly projectionTransition: number;
  };
}

/** A tile of a terrain that the layer is drawn into. */
export interface HostTile {
  readonly tileID: { readonly canonical: { readonly z: number; readonly x: number; readonly y: number } };
  readonly width: number;
  readonly height: number;
}

/** MapLibre's two ways to name its context; its versions of today have WebGL 2. */
export type HostContext = WebGLRenderingContext | WebGL2RenderingContext;
