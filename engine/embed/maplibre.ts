export { networkProtocol, networkStyle, pickOnTiles } from './network-protocol.ts';
export { popupOf } from './popup.ts';
