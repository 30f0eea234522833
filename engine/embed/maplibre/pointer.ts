import type { NetworkFeature } from '../features.ts';
import { hoverOnChange, type Picked } from '../pick.ts';
import type { HostMap, HostPointerEvent } from './host.ts';

/** A click on a node or an annotation; or the pointer has come over another one than before, or over none. */
export interface NetworkEvent extends HostPointerEvent {
  readonly type: 'click' | 'hover';
  /** What is under the pointer, by its index and as a feature; always there for a click. */
  readonly picked?: Picked | undefined;
  readonly feature?: NetworkFeature | undefined;
}

export type NetworkListener = (event: NetworkEvent) => void;

/** Ends a listener, as MapLibre's own subscriptions do. */
export interface Subscription {
  unsubscribe(): void;
}

/** Listeners of a layer, and what it hears of a map's pointer while it is on one. */
export interface Pointer {
  on(type: NetworkEvent['type'], listener: NetworkListener): Subscription;
  /** Listens to a map. @returns the undo */
  attach(map: HostMap): () => void;
}

/** Finds what is under a CSS pixel, which is not asked while the map moves, or where nobody listens. */
interface Finder {
  pick(x: number, y: number): Picked | undefined;
  featureOf(picked: Picked): NetworkFeature;
}

export function createPointer({ pick, featureOf }: Finder): Pointer {
  const listeners = { click: new Set<NetworkListener>(), hover: new Set<NetworkListener>() };
  const tell = (type: NetworkEvent['type'], picked: Picked | undefined, event: HostPointerEvent): void => {
    const { point, lngLat, originalEvent } = event;
    const feature = picked && featureOf(picked);
    for (const listener of [...listeners[type]]) listener({ type, point, lngLat, originalEvent, picked, feature });
  };
  return {
    on(type, listener) {
      listeners[type].add(listener);
      return { unsubscribe: () => void listeners[type].delete(listener) };
    },
    attach(map) {
      const hover = hoverOnChange<HostPointerEvent>((picked, event) => tell('hover', picked, event));
      const onClick = (event: HostPointerEvent): void => {
        const picked = listeners.click.size === 0 ? undefined : pick(event.point.x, event.point.y);
        if (picked !== undefined) tell('click', picked, event);
      };
      const onMove = (event: HostPointerEvent): void => {
        if (listeners.hover.size > 0 && !map.isMoving()) hover(pick(event.point.x, event.point.y), event);
      };
      const onOut = (event: HostPointerEvent): void => hover(undefined, event);
      map.on('click', onClick);
      map.on('mousemove', onMove);
      map.on('mouseout', onOut);
      return () => {
        map.off('click', onClick);
        map.off('mousemove', onMove);
        map.off('mouseout', onOut);
      };
    },
  };
}
