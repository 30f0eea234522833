/**
 * A seeded generator of uniform numbers in [0, 1): sfc32 (Chris Doty-Humphrey, PractRand), 32 bits a call.
 * The same seed gives the same sequence on every machine.
 */
export function createRandom(seed: number): () => number {
  let a = seed >>> 0;
  let b = Math.floor(seed / 0x100000000) >>> 0;
  let c = 0x9e3779b9;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 0x100000000;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}
