import type { TieKind } from './planted.ts';

/** One far pair in one picture. */
export interface Verdict {
  readonly encoding: string;
  /** Of the picture, device pixels. */
  readonly width: number;
  /** Of the tiles that the picture consists of; undefined for a sheet. */
  readonly zoom?: number | undefined;
  readonly seed: number;
  readonly kind: TieKind;
  /** Planted edges. */
  readonly size: number;
  readonly isVisible: boolean;
}

/** Shares of the far pairs that are visible, 0 to 1: bridges of at least 4 edges, artifacts, pairs without an edge. */
interface Shares {
  readonly recall: number;
  readonly artifacts: number;
  readonly none: number;
}

/** An encoding at one width or zoom, over all seeds and for each, and its bridges by their number of edges. */
export interface Row extends Shares {
  readonly encoding: string;
  readonly width: number;
  readonly zoom?: number | undefined;
  readonly bySize: Readonly<Record<number, number>>;
  readonly bySeed: Readonly<Record<number, Shares>>;
  /** How many pairs of each kind lay far apart and were judged. */
  readonly judged: Readonly<Record<TieKind, number>>;
}

const leastEdges = 4;

/** Gathers verdicts by encoding, width and zoom, in the order in which they came. */
export function rowsOf(verdicts: readonly Verdict[]): Row[] {
  return groups(verdicts, ({ encoding, width, zoom }) => `${encoding} ${width} ${zoom}`).map(([, group]): Row => {
    const judged = (kind: TieKind) => group.filter((verdict) => verdict.kind === kind);
    return {
      encoding: group[0].encoding,
      width: group[0].width,
      ...(group[0].zoom !== undefined && { zoom: group[0].zoom }),
      ...sharesOf(group),
      bySize: shareBy(judged('bridge'), ({ size }) => size, shareOf),
      bySeed: shareBy(group, ({ seed }) => seed, sharesOf),
      judged: { bridge: judged('bridge').length, artifact: judged('artifact').length, none: judged('none').length },
    };
  });
}

function sharesOf(verdicts: readonly Verdict[]): Shares {
  const judged = (kind: TieKind) => verdicts.filter((verdict) => verdict.kind === kind);
  return {
    recall: shareOf(judged('bridge').filter(({ size }) => size >= leastEdges)),
    artifacts: shareOf(judged('artifact')),
    none: shareOf(judged('none')),
  };
}

function shareOf(verdicts: readonly Verdict[]): number {
  return verdicts.filter((verdict) => verdict.isVisible).length / verdicts.length;
}

function shareBy<Share>(
  verdicts: readonly Verdict[],
  keyOf: (verdict: Verdict) => number,
  measure: (verdicts: readonly Verdict[]) => Share,
): Record<number, Share> {
  return Object.fromEntries(groups(verdicts, keyOf).map(([key, group]) => [key, measure(group)]));
}

function groups<Key>(verdicts: readonly Verdict[], keyOf: (verdict: Verdict) => Key): [Key, Verdict[]][] {
  const found = new Map<Key, Verdict[]>();
  for (const verdict of verdicts) {
    const group = found.get(keyOf(verdict));
    if (group === undefined) found.set(keyOf(verdict), [verdict]);
    else group.push(verdict);
  }
  return [...found];
}
