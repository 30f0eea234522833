import { beforeAll, describe, expect, it } from 'vitest';
import { findBridges } from '../../engine/structure/bridges/bridges.ts';
import { type Bridge, type BridgeKind, bridgeKinds } from '../../engine/structure/bridges/kinds.ts';
import { type PlantedMap, plantedMap } from '../support/planted-bridges.ts';

/** What was planted and what was found there; `none` on either side where the other has nothing. */
interface Outcome {
  readonly planted: BridgeKind | 'none';
  readonly found: BridgeKind | 'none';
  readonly artifactScore: number;
}

const perKind = 30;
const perMap = 3;
const seeds = 2000;

/** Every kind as often as the others, three to a map, in changing company. */
function* companies(): Generator<BridgeKind[]> {
  const all = Array.from({ length: perKind * bridgeKinds.length }, (_, i) => bridgeKinds[(7 * i) % bridgeKinds.length]);
  for (let i = 0; i < all.length; i += perMap) yield all.slice(i, i + perMap);
}

/** The planted thing and its group to which most of these nodes belong. */
function ownerOf(nodes: ArrayLike<number>, owners: ReadonlyMap<number, string>): string | undefined {
  const counts = new Map<string, number>();
  for (const node of Array.from(nodes)) {
    const owner = owners.get(node);
    if (owner !== undefined) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return [...counts].find(([, count]) => count >= 0.6 * nodes.length)?.[0];
}

/** The planted thing that a find is about, or −1. A landmark at one end of a planted bridge is about no more than itself. */
function subjectOf({ planted }: PlantedMap, owners: ReadonlyMap<number, string>, delta: number, found: Bridge): number {
  if (found.kind === 'not-annotatable') {
    return planted.findIndex(
      ({ kind, x, y }) => kind === 'not-annotatable' && Math.hypot(x - found.x, y - found.y) < delta,
    );
  }
  const ends = found.ends.map(({ nodes }) => ownerOf(nodes, owners));
  const things = new Set(ends.map((owner) => owner?.split(' ')[0]));
  const [thing] = things;
  if (things.size !== 1 || thing === undefined) return -1;
  const isWhole = planted[Number(thing)].groups.length === 1 || new Set(ends).size > 1;
  return isWhole ? Number(thing) : -1;
}

function judge(map: PlantedMap): Outcome[] {
  const { bridges, delta } = findBridges(map.graph, map.positions);
  const owners = new Map<number, string>();
  map.planted.forEach(({ groups }, i) => {
    for (const [k, group] of groups.entries()) for (const node of group) owners.set(node, `${i} ${k}`);
  });
  const finds = map.planted.map((): Bridge[] => []);
  const strays: Bridge[] = [];
  for (const found of bridges) {
    const subject = subjectOf(map, owners, delta, found);
    if (subject !== -1) finds[subject].push(found);
    else if (found.kind !== 'landmark') strays.push(found);
  }
  return [
    ...map.planted.flatMap(({ kind }, i) => {
      // The clusters around an empty disc are truly bridged, in pairs.
      const about = kind === 'not-annotatable' ? finds[i].filter((found) => found.kind === kind) : finds[i];
      const [first, ...more] = about;
      const score = first?.evidence.artifactScore ?? 0.5;
      return [{ planted: kind, found: first?.kind ?? 'none', artifactScore: score } as const, ...more.map(spurious)];
    }),
    ...strays.map(spurious),
  ];
}

function spurious({ kind }: Bridge): Outcome {
  return { planted: 'none', found: kind, artifactScore: 0.5 };
}

function f1(outcomes: readonly Outcome[], kind: BridgeKind): number {
  const isHit = (outcome: Outcome) => outcome.planted === kind && outcome.found === kind;
  const claims = outcomes.filter(({ planted, found }) => (planted === kind) !== (found === kind)).length;
  const hits = outcomes.filter(isHit).length;
  return (2 * hits) / (2 * hits + claims);
}

describe('findBridges on planted maps', () => {
  const outcomes: Outcome[] = [];
  beforeAll(() => {
    for (const [i, kinds] of [...companies()].entries()) {
      outcomes.push(...judge(plantedMap({ kinds, seed: seeds + i })));
    }
  }, 60_000);

  it('sees 30 of each kind', () => {
    for (const kind of bridgeKinds) {
      expect(outcomes.filter(({ planted }) => planted === kind)).toHaveLength(perKind);
    }
  });

  it('tells the ten kinds apart: macro F1 of at least 0.85, finds where nothing was planted counted against it', () => {
    const scores = Object.fromEntries(bridgeKinds.map((kind) => [kind, f1(outcomes, kind)]));
    const macro = Object.values(scores).reduce((sum, score) => sum + score, 0) / bridgeKinds.length;
    expect(macro, JSON.stringify(scores)).toBeGreaterThanOrEqual(0.85);
    for (const kind of bridgeKinds) expect(scores[kind], kind).toBeGreaterThanOrEqual(0.75);
  });

  it('scores artifacts above bridges: AUC of at least 0.95', () => {
    const scoresOf = (kinds: readonly BridgeKind[]) =>
      outcomes
        .filter(({ planted }) => kinds.some((kind) => kind === planted))
        .map(({ artifactScore }) => artifactScore);
    const artifacts = scoresOf(['artifact', 'into-nothingness']);
    const bridges = scoresOf(['bridge', 'nodes-in-the-middle', 'breadcrumbs', 'bent']);
    const wins: number[] = artifacts.flatMap((high) => bridges.map((low) => (high > low ? 1 : high === low ? 0.5 : 0)));
    expect(wins.reduce((sum, win) => sum + win, 0) / wins.length).toBeGreaterThanOrEqual(0.95);
  });
});
