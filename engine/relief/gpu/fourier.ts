/** One stage of a transform of many lines, as shaders/relief/fourier.wgsl takes it. */
export interface Stage {
  readonly count: number;
  readonly radix: 2 | 4;
  /** The product of the radices before. */
  readonly done: number;
  /** From here on a line's elements are taken as 0. */
  readonly known: number;
  readonly lines: number;
  readonly elementStride: number;
  readonly lineStride: number;
  readonly rootStride: number;
  readonly isInverse: boolean;
}

/** Lines to transform, and which of their elements may be other than 0. */
export interface Lines {
  readonly along: 'row' | 'column';
  readonly lines: number;
  readonly known: number;
  readonly isInverse: boolean;
}

/** The stages of a transform of lines of a wave of periodX × periodY values, row by row. */
export function stagesOf(periodX: number, periodY: number, { along, lines, known, isInverse }: Lines): Stage[] {
  const count = along === 'row' ? periodX : periodY;
  const stages: Stage[] = [];
  for (let done = 1; done < count; ) {
    const radix = Math.log2(count / done) % 2 === 0 ? 4 : 2;
    stages.push({
      count,
      radix,
      done,
      known: done === 1 ? known : count,
      lines,
      elementStride: along === 'row' ? 1 : periodX,
      lineStride: along === 'row' ? periodX : 1,
      rootStride: Math.max(periodX, periodY) / count,
      isInverse,
    });
    done *= radix;
  }
  return stages;
}

/** exp(−2πi k / count) for k from 0 to count − 1, real and imaginary parts in turn. */
export function rootsOfUnity(count: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: 2 * count }, (_, at) => {
    const angle = (2 * Math.PI * (at >> 1)) / count;
    return at % 2 === 0 ? Math.cos(angle) : -Math.sin(angle);
  });
}
