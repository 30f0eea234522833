import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { underlayPdf } from '../../engine/output/pdf.ts';

/** A page of 72 × 36 points as Chromium writes one, with or without a picture of its own. */
function overlayOf(resources: string): Uint8Array {
  const objects = [
    '<</Type /Catalog /Pages 2 0 R>>',
    '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    `<</Type /Page /Resources <<${resources}>> /MediaBox [0 0 72 36] /Contents 4 0 R /Parent 2 0 R>>`,
    '<</Length 4>>\nstream\nq Q\n\nendstream',
    '<</Title (A \\(title\\))>>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((body, k) => {
    const offset = text.length;
    text += `${k + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const xref = text.length;
  text += `xref\n0 6\n0000000000 65535 f \n${offsets.join('')}trailer\n<</Size 6\n/Root 1 0 R\n/Info 5 0 R>>\nstartxref\n${xref}\n%%EOF\n`;
  return new TextEncoder().encode(text);
}

const picture = { width: 5, height: 3 };
const pixels = Uint8Array.from({ length: 60 }, (_, i) => (i % 4 === 3 ? 255 : (i * 37) % 256));

async function textOf(parts: AsyncIterable<Uint8Array>): Promise<string> {
  const found: Uint8Array[] = [];
  for await (const part of parts) found.push(part);
  return Buffer.concat(found).toString('latin1');
}

/** The newest object of that number, found through the last cross-reference table, as a reader does. */
function objectOf(pdf: string, number: number): string {
  const xref = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(pdf)?.[1]);
  const table = pdf.slice(xref);
  const offset = Number(new RegExp(`\\n${number} 1\\n(\\d{10}) 00000 n `).exec(table)?.[1]);
  const body = pdf.slice(offset);
  expect(body.startsWith(`${number} 0 obj\n`)).toBe(true);
  return body.slice(0, body.indexOf('endobj'));
}

describe('a picture beneath a PDF page', () => {
  test('keeps the overlay to the byte and every pixel, and is found by its tables', async () => {
    const overlay = overlayOf('/ProcSet [/PDF]');
    const pdf = await textOf(underlayPdf(overlay, [{ picture, rows: [pixels.subarray(0, 20), pixels.subarray(20)] }]));
    expect(pdf.startsWith(Buffer.from(overlay).toString('latin1'))).toBe(true);
    const image = objectOf(pdf, 6);
    const length = Number(objectOf(pdf, 7).split('\n')[1]);
    const data = image.slice(image.indexOf('stream\n') + 7);
    const lines = inflateSync(Buffer.from(data.slice(0, length), 'latin1'));
    expect(data.slice(length)).toBe('\nendstream\n');
    // Filter type 1 (Sub) in front of each scanline, then differences from the pixel to the left.
    for (let row = 0; row < 3; row++) {
      const line = lines.subarray(16 * row, 16 * row + 16);
      expect(line[0]).toBe(1);
      for (let x = 0; x < 5; x++) {
        for (let k = 0; k < 3; k++) {
          if (x > 0) line[1 + 3 * x + k] = (line[1 + 3 * x + k] + line[1 + 3 * (x - 1) + k]) & 255;
          expect(line[1 + 3 * x + k]).toBe(pixels[4 * (5 * row + x) + k]);
        }
      }
    }
    const page = objectOf(pdf, 3);
    expect(page).toContain('/Contents [8 0 R 4 0 R]');
    expect(page).toContain('/Resources <</XObject <</IsthmusBase 6 0 R>> /ProcSet [/PDF]>>');
    expect(objectOf(pdf, 8)).toContain('q 72 0 0 36 0 0 cm /IsthmusBase Do Q');
    expect(pdf).toContain('/Info 5 0 R');
  });

  test('joins pictures that the page has, and tells where the paper is cut', async () => {
    const trim = [2, 2, 70, 34] as const;
    const pdf = await textOf(underlayPdf(overlayOf('/XObject <</X9 9 0 R>>'), [{ picture, rows: [pixels], trim }]));
    const page = objectOf(pdf, 3);
    expect(page).toContain('/XObject <</IsthmusBase 6 0 R /X9 9 0 R>>');
    expect(page).toContain('/TrimBox [2 2 70 34]>>');
  });

  test('is refused where the overlay is something else, or rows are missing', async () => {
    await expect(
      textOf(underlayPdf(new TextEncoder().encode('%PDF-1.7'), [{ picture, rows: [pixels] }])),
    ).rejects.toThrow(/overlay has to have a trailer/);
    await expect(textOf(underlayPdf(overlayOf(''), []))).rejects.toThrow(/has to have 0 pages, not 1,/);
    await expect(textOf(underlayPdf(overlayOf(''), [{ picture, rows: [pixels.subarray(20)] }]))).rejects.toThrow(
      /Only 2 rows/,
    );
  });
});
