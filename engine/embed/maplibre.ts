export { annotationFeature, featureOf, type NetworkFeature, nodeFeature } from './features.ts';
export { type NetworkLayer, type NetworkLayerOptions, networkLayer } from './maplibre/network-layer.ts';
export { type PlaneProjection, planeProjection } from './maplibre/plane.ts';
export type { NetworkEvent, NetworkListener, Subscription } from './maplibre/pointer.ts';
export { networkProtocol, networkStyle, pickOnTiles } from './network-protocol.ts';
export type { Picked } from './pick.ts';
export {
  fromLngLat,
  type LngLat,
  lngLatBounds,
  type Placement,
  placementOf,
  placementWithin,
  toLngLat,
} from './placement.ts';
export { popupOf } from './popup.ts';
export { backgroundOf } from './tile-json.ts';
