import type { Partition } from '../communities.ts';

/** The kinds of things that connect, or fail to connect, two regions of a map; see docs/bridges.md for the tests. */
export const bridgeKinds = [
  'landmark',
  'bridge',
  'artifact',
  'nodes-in-the-middle',
  'breadcrumbs',
  'bent',
  'stretched',
  'branching',
  'into-nothingness',
  'not-annotatable',
] as const;

export type BridgeKind = (typeof bridgeKinds)[number];

/** A place on the map that a bridge leads to. */
export interface BridgeEnd {
  /** Words that mark the place out, joined for a reader. */
  readonly name: string;
  /** Labels of the nodes that mark the place out, the most telling first. */
  readonly words: readonly string[];
  readonly community: number;
  /** Node indices, the most telling first. */
  readonly nodes: Uint32Array;
  /** Layout units. */
  readonly x: number;
  readonly y: number;
}

/** Numbers by which a kind was decided. Counts are of links: pairs of linked nodes, parallel edges taken as one. */
export interface Evidence {
  /** Links that join the two ends directly. */
  readonly links?: number;
  /** Those that touch the node with the most of them, and those that do not. */
  readonly strongest?: number;
  readonly survivors?: number;
  /** Links that degree-corrected chance would give. */
  readonly expected?: number;
  /** −log₁₀ of the probability that chance gives the links that survive; for an artifact, those of its node. */
  readonly surprise?: number;
  /** The most links of which no two share a node. */
  readonly matching?: number;
  /** 0 where no two links share a node, 1 where all of them do: the case against a bridge. */
  readonly artifactScore?: number;
  /** Links of an artifact's node into its first and into its second end, and links between these two groups. */
  readonly hubLinksA?: number;
  readonly hubLinksB?: number;
  readonly linksBetween?: number;
  /** Links among its neighbours in either group. */
  readonly insideA?: number;
  readonly insideB?: number;
  /** 1 where no link but those of its node joins the two communities; else 0. */
  readonly isStrict?: number;
  /** The clear distance between the ends over Δ. */
  readonly gap?: number;
  /** Length of the path over that of the straight line, 1 or more. */
  readonly detour?: number;
  /** How many places the straight line crosses that are neither end. */
  readonly crossings?: number;
  readonly middleNodes?: number;
  /** The share of the path between the ends that is within Δ of a middle node, 0 to 1, and its longest empty stretch over Δ. */
  readonly coverage?: number;
  readonly largestGap?: number;
  /** RMS radius over the median for the size. */
  readonly sigma?: number;
  /** Width over Δ. */
  readonly width?: number;
  readonly leaves?: number;
  readonly parts?: number;
  /** Nodes, and links among them, within a disc of radius Δ; how many bridges they belong to. */
  readonly nodes?: number;
  readonly inducedLinks?: number;
  readonly memberships?: number;
}

/** A feature of the map, with what it rests on. */
export interface Bridge {
  /** The most telling of its traits. */
  readonly kind: BridgeKind;
  /** Every kind whose test it passes, `kind` first. */
  readonly traits: readonly BridgeKind[];
  /** A few words for the map, and a sentence for the reader. */
  readonly label: string;
  readonly description: string;
  /** None for what is not annotatable, one for a landmark, two for a bridge, more where it branches. */
  readonly ends: readonly BridgeEnd[];
  /** Its own nodes: those in the middle and those that its links join, an artifact's one node, all nodes of a landmark. */
  readonly nodes: Uint32Array;
  /** Those of its nodes that lie in the middle, from one end to the other. */
  readonly middle: Uint32Array;
  /** Indices of the edges that support it, one for each link. */
  readonly edges: Uint32Array;
  /** Polylines x0, y0, x1, y1, … in layout units, from end to end; one for a bridge, none for a point. */
  readonly paths: readonly Float32Array[];
  /** Where a label would stand, layout units. */
  readonly x: number;
  readonly y: number;
  /** Across, layout units. */
  readonly width: number;
  /** To rank by, within a kind; larger is stronger. */
  readonly strength: number;
  readonly evidence: Evidence;
}

/** What a map has to say beyond nearness. */
export interface Bridges {
  /** All kinds, the strongest first within each kind. */
  readonly bridges: readonly Bridge[];
  /** The clusters that bridges connect. */
  readonly communities: Partition;
  /** Δ, layout units: what counts as near. */
  readonly delta: number;
}
