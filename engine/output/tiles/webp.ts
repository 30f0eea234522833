import { IsthmusError } from '../../base/errors.ts';
import { type Cutting, cutOut, type EncodedSquare, isBare } from './squares.ts';

/** Of 1. At 0.8 the faintest strokes are lost, at 1 the pictures are three times as large. */
const quality = 0.9;

/**
 * Squares as WebP, by the browser of this page or worker, which encodes them in threads of its own.
 *
 * @throws DeviceError if the browser writes no WebP.
 */
export function webpSquares(rgba: Uint8Array, { part, squares, paper }: Cutting): Promise<EncodedSquare[]> {
  return Promise.all(
    squares.map(async (square) => {
      const pixels = cutOut(rgba, part, square);
      const { width, height } = square;
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
      context?.putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), width, height), 0, 0);
      const file = await canvas.convertToBlob({ type: 'image/webp', quality });
      if (file.type !== 'image/webp') {
        throw new IsthmusError('DeviceError', `This browser writes ${file.type} where image/webp was asked for.`);
      }
      return { bytes: new Uint8Array(await file.arrayBuffer()), isBlank: isBare(pixels, paper) };
    }),
  );
}
