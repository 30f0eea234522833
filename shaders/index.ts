import ascend from './layout/ascend.wgsl?raw';
import attract from './layout/attract.wgsl?raw';
import attractHubs from './layout/attract-hubs.wgsl?raw';
import bin from './layout/bin.wgsl?raw';
import cellStarts from './layout/cell-starts.wgsl?raw';
import cells from './layout/cells.wgsl?raw';
import census from './layout/census.wgsl?raw';
import charge from './layout/charge.wgsl?raw';
import crowd from './layout/crowd.wgsl?raw';
import extent from './layout/extent.wgsl?raw';
import frame from './layout/frame.wgsl?raw';
import gatherMoments from './layout/gather-moments.wgsl?raw';
import hold from './layout/hold.wgsl?raw';
import integrate from './layout/integrate.wgsl?raw';
import keys from './layout/keys.wgsl?raw';
import layGrid from './layout/lay-grid.wgsl?raw';
import leaves from './layout/leaves.wgsl?raw';
import lift from './layout/lift.wgsl?raw';
import measure from './layout/measure.wgsl?raw';
import momentum from './layout/momentum.wgsl?raw';
import pyramid from './layout/pyramid.wgsl?raw';
import repel from './layout/repel.wgsl?raw';
import repelBarnesHut from './layout/repel-barnes-hut.wgsl?raw';
import repelExact from './layout/repel-exact.wgsl?raw';
import repelMultipole from './layout/repel-multipole.wgsl?raw';
import seat from './layout/seat.wgsl?raw';
import settle from './layout/settle.wgsl?raw';
import speed from './layout/speed.wgsl?raw';
import spring from './layout/spring.wgsl?raw';
import layoutStructs from './layout/structs.wgsl?raw';
import translate from './layout/translate.wgsl?raw';
import deposit from './relief/deposit.wgsl?raw';
import fold from './relief/fold.wgsl?raw';
import fourier from './relief/fourier.wgsl?raw';
import gather from './relief/gather.wgsl?raw';
import gradient from './relief/gradient.wgsl?raw';
import hillshade from './relief/hillshade.wgsl?raw';
import knots from './relief/knots.wgsl?raw';
import slopes from './relief/slopes.wgsl?raw';
import spline from './relief/spline.wgsl?raw';
import summit from './relief/summit.wgsl?raw';
import annotationInkFrag from './render/annotation-ink.frag.glsl?raw';
import annotationsFrag from './render/annotations.frag.glsl?raw';
import annotationsVert from './render/annotations.vert.glsl?raw';
import edgesFrag from './render/edges.frag.glsl?raw';
import globeFrag from './render/globe.frag.glsl?raw';
import globeVert from './render/globe.vert.glsl?raw';
import nodesFrag from './render/nodes.frag.glsl?raw';
import nodesVert from './render/nodes.vert.glsl?raw';
import pictureFrag from './render/picture.frag.glsl?raw';
import reliefFrag from './render/relief.frag.glsl?raw';
import reliefBetweenFrag from './render/relief-between.frag.glsl?raw';
import sheetVert from './render/sheet.vert.glsl?raw';
import spritesFrag from './render/sprites.frag.glsl?raw';
import spritesVert from './render/sprites.vert.glsl?raw';
import strokesFrag from './render/strokes.frag.glsl?raw';
import strokesVert from './render/strokes.vert.glsl?raw';
import strokesPlainFrag from './render/strokes-plain.frag.glsl?raw';
import groups from './shared/groups.wgsl?raw';
import scanLanes from './shared/scan-lanes.wgsl?raw';
import scanSpans from './shared/scan-spans.wgsl?raw';
import scanSums from './shared/scan-sums.wgsl?raw';
import sort from './shared/sort.wgsl?raw';
import sortCount from './shared/sort-count.wgsl?raw';
import sortScatter from './shared/sort-scatter.wgsl?raw';

/** GLSL ES 1.00 sources by stem. */
export const renderShaders = {
  sheetVert,
  reliefFrag,
  reliefBetweenFrag,
  strokesVert,
  strokesFrag,
  strokesPlainFrag,
  edgesFrag,
  nodesVert,
  nodesFrag,
  annotationsVert,
  annotationsFrag,
  annotationInkFrag,
  spritesVert,
  spritesFrag,
  pictureFrag,
  globeVert,
  globeFrag,
} as const;

/** What a compute shader does with a buffer: `write` may also read. */
export type BindingKind = 'uniform' | 'read' | 'write';

/** A WGSL compute shader with the entry point `main`; its bindings, all in group 0, are numbered in their order here. */
export interface ComputeShader<Name extends string = string> {
  /** Labels the pipeline and its passes. */
  readonly stem: string;
  readonly code: string;
  readonly bindings: Readonly<Record<Name, BindingKind>>;
}

/*#__NO_SIDE_EFFECTS__*/
function compute<Name extends string>(
  stem: string,
  parts: readonly string[],
  bindings: Readonly<Record<Name, BindingKind>>,
): ComputeShader<Name> {
  return { stem, code: [groups, ...parts].join('\n'), bindings };
}

/** The passes of a radix sort. */
export const sortShaders = {
  count: compute('sort-count', [sort, sortCount], { sort: 'uniform', keys: 'read', counters: 'write' }),
  scanSpans: compute('scan-spans', [sort, scanLanes, scanSpans], {
    sort: 'uniform',
    counters: 'write',
    spans: 'write',
  }),
  scanSums: compute('scan-sums', [sort, scanLanes, scanSums], { sort: 'uniform', spans: 'write' }),
  scatter: compute('sort-scatter', [sort, sortScatter], {
    sort: 'uniform',
    keys: 'read',
    values: 'read',
    counters: 'read',
    spans: 'read',
    sortedKeys: 'write',
    sortedValues: 'write',
  }),
} as const;

/** The passes of ForceAtlas2. */
export const layoutShaders = {
  frame: compute('frame', [layoutStructs, frame], { settings: 'uniform', positions: 'read', frame: 'write' }),
  keys: compute('keys', [layoutStructs, keys], {
    settings: 'uniform',
    positions: 'read',
    frame: 'read',
    keys: 'write',
    order: 'write',
  }),
  leaves: compute('leaves', [layoutStructs, ascend, leaves], {
    settings: 'uniform',
    positions: 'read',
    nodes: 'read',
    order: 'read',
    bodies: 'write',
    cells: 'write',
  }),
  cells: compute('cells', [layoutStructs, ascend, cells], { settings: 'uniform', base: 'uniform', cells: 'write' }),
  attractHubs: compute('attract-hubs', [layoutStructs, spring, attractHubs], {
    settings: 'uniform',
    positions: 'read',
    nodes: 'read',
    edges: 'read',
    chunks: 'read',
    chunkSums: 'write',
  }),
  attract: compute('attract', [layoutStructs, spring, attract], {
    settings: 'uniform',
    positions: 'read',
    nodes: 'read',
    edges: 'read',
    chunkSums: 'read',
    forces: 'write',
    stiffness: 'write',
  }),
  repelExact: compute('repel-exact', [layoutStructs, repel, measure, repelExact], {
    settings: 'uniform',
    part: 'uniform',
    positions: 'read',
    nodes: 'read',
    forces: 'write',
    partials: 'write',
  }),
  repelBarnesHut: compute('repel-barnes-hut', [layoutStructs, repel, measure, repelBarnesHut], {
    settings: 'uniform',
    bodies: 'read',
    order: 'read',
    cells: 'read',
    forces: 'write',
    partials: 'write',
  }),
  extent: compute('extent', [layoutStructs, pyramid, extent], {
    settings: 'uniform',
    pyramid: 'uniform',
    positions: 'read',
    boxes: 'write',
    counters: 'write',
  }),
  bin: compute('bin', [layoutStructs, pyramid, layGrid, bin], {
    settings: 'uniform',
    pyramid: 'uniform',
    positions: 'read',
    boxes: 'read',
    grid: 'write',
    counters: 'write',
    seats: 'write',
  }),
  seat: compute('seat', [layoutStructs, pyramid, cellStarts, seat], {
    settings: 'uniform',
    pyramid: 'uniform',
    seats: 'read',
    counters: 'read',
    spans: 'read',
    arrivals: 'write',
  }),
  settle: compute('settle', [layoutStructs, pyramid, cellStarts, settle], {
    settings: 'uniform',
    pyramid: 'uniform',
    positions: 'read',
    nodes: 'read',
    seats: 'read',
    counters: 'read',
    spans: 'read',
    arrivals: 'read',
    bodies: 'write',
    order: 'write',
  }),
  charge: compute('charge', [layoutStructs, pyramid, cellStarts, gatherMoments, charge], {
    settings: 'uniform',
    pyramid: 'uniform',
    grid: 'read',
    counters: 'read',
    spans: 'read',
    bodies: 'read',
    moments: 'write',
  }),
  lift: compute('lift', [layoutStructs, pyramid, gatherMoments, lift], { pyramid: 'uniform', moments: 'write' }),
  translate: compute('translate', [layoutStructs, pyramid, translate], {
    pyramid: 'uniform',
    moments: 'read',
    locals: 'write',
  }),
  repelMultipole: compute('repel-multipole', [layoutStructs, pyramid, cellStarts, repel, measure, repelMultipole], {
    settings: 'uniform',
    pyramid: 'uniform',
    grid: 'read',
    bodies: 'read',
    order: 'read',
    counters: 'read',
    spans: 'read',
    locals: 'read',
    forces: 'write',
    partials: 'write',
  }),
  census: compute('census', [layoutStructs, pyramid, layGrid, census], {
    settings: 'uniform',
    pyramid: 'uniform',
    positions: 'read',
    boxes: 'read',
    grid: 'write',
    counters: 'write',
  }),
  crowd: compute('crowd', [layoutStructs, pyramid, crowd], { pyramid: 'uniform', counters: 'read', crowds: 'write' }),
  hold: compute('hold', [layoutStructs, hold], {
    settings: 'uniform',
    hold: 'uniform',
    held: 'read',
    nodes: 'read',
    forces: 'write',
    velocities: 'write',
    positions: 'write',
    partials: 'write',
    speed: 'write',
  }),
  speed: compute('speed', [layoutStructs, speed], { settings: 'uniform', partials: 'read', speed: 'write' }),
  momentum: compute('momentum', [layoutStructs, momentum], {
    settings: 'uniform',
    nodes: 'read',
    forces: 'read',
    stiffness: 'read',
    speed: 'read',
    velocities: 'write',
    positions: 'write',
    partials: 'write',
  }),
  integrate: compute('integrate', [layoutStructs, integrate], {
    settings: 'uniform',
    nodes: 'read',
    speed: 'read',
    forces: 'write',
    positions: 'write',
    convergence: 'write',
  }),
} as const;

/** The passes of the relief. */
export const reliefShaders = {
  deposit: compute('deposit', [spline, deposit], {
    deposit: 'uniform',
    positions: 'read',
    weights: 'read',
    knots: 'write',
  }),
  knots: compute('knots', [knots], { lattice: 'uniform', knots: 'write', wave: 'write' }),
  fourier: compute('fourier', [fourier], { stage: 'uniform', roots: 'read', before: 'read', after: 'write' }),
  fold: compute('fold', [fold], { fold: 'uniform', spectrum: 'read', wave: 'write' }),
  gather: compute('gather', [spline, gather], { grid: 'uniform', wave: 'read', heights: 'write' }),
  slopes: compute('slopes', [gradient, slopes], { grid: 'uniform', heights: 'read', measures: 'write' }),
  summit: compute('summit', [summit], { ground: 'uniform', measures: 'read', summit: 'write' }),
  hillshade: compute('hillshade', [gradient, hillshade], {
    light: 'uniform',
    heights: 'read',
    summit: 'read',
    lights: 'write',
  }),
} as const;
