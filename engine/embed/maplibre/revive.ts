import type { HostMap } from './host.ts';

/**
 * MapLibre drops custom layers when its context is lost. This one is added again when the style has come back, below the
 * layer that it was below.
 */
export function addAgainAfterLoss(map: HostMap, layer: { readonly id: string }): void {
  const order = map.getLayersOrder();
  const above = order.slice(order.indexOf(layer.id) + 1);
  const add = (): void => {
    map.off('style.load', add);
    if (map.getLayer(layer.id) !== undefined) return;
    const next = above.find((id) => map.getLayer(id) !== undefined);
    map.addLayer(layer as never, next);
  };
  map.on('style.load', add);
}
