export { type Box, boxOf, growBox, isSpread } from './base/box.ts';
export { type ErrorKind, IsthmusError, isErrorOfKind } from './base/errors.ts';
export { earthBox, toMercator } from './base/mercator.ts';
export type { Progress, RunOptions } from './base/progress.ts';
export { createRandom } from './base/random.ts';
export { annotationFeature, featureOf, type NetworkFeature, nodeFeature } from './embed/features.ts';
export {
  fromLngLat,
  type LngLat,
  lngLatBounds,
  type Placement,
  placementOf,
  placementWithin,
  toLngLat,
} from './embed/placement.ts';
export {
  type FormatName,
  formatOfName,
  type ReadOptions,
  type ReadResult,
  readGraph,
  type Source,
  type Warning,
  type WriteOptions,
  writeGraph,
} from './formats/index.ts';
export { type AdapterReport, type OpenDevice, openDevice } from './gpu/device.ts';
export { type Column, type Columns, columnNamed, columnOfRole, type Role, textOf } from './graph/columns.ts';
export { extendGraph, type GraphAdditions, keptNodes, removeNodes } from './graph/edit.ts';
export {
  bipartite,
  mesh,
  plantedPartition,
  powerLaw,
  randomGraph,
  ringOfCliques,
  roads,
  smallWorld,
  star,
  tree,
} from './graph/generators.ts';
export { fromGraphology, toGraphology } from './graph/graphology.ts';
export {
  degreeOf,
  type EdgeType,
  type GraphTables,
  labelOf,
  type PackedGraph,
  type Positions,
  pack,
  positionsOf,
  withPositions,
} from './graph/packed-graph.ts';
export { type BenchOptions, bench, type GraphSize, standardSizes } from './hosts/bench/bench.ts';
export { gpuSubject } from './hosts/bench/gpu-subject.ts';
export type {
  BenchDevice,
  BenchResult,
  LayoutRow,
  Machine,
  ReliefRow,
} from './hosts/bench/result.ts';
export { cpuSubject, type Subject } from './hosts/bench/subject.ts';
export { createPageEngine } from './hosts/page-engine.ts';
export { connect, type RemoteEngine } from './hosts/remote.ts';
export { serveForces, type ThreadChoice, type ThreadHost, type ThreadStart } from './layout/cpu/threads.ts';
export { type Energy, type EnergyOptions, energyOf } from './layout/energy.ts';
export { type GeographicOptions, type GeographicPositions, geographicPositions } from './layout/geographic.ts';
export {
  createLayout,
  type DeviceChoice,
  type DeviceReport,
  type HeldPlaces,
  type Layout,
  type LayoutOptions,
  type LayoutResult,
  layout,
  type Step,
  type Stopped,
} from './layout/layout.ts';
export { type OverlapOptions, removeOverlaps } from './layout/overlap.ts';
export {
  gephiPlan,
  type Iterations,
  mapPlan,
  type Phase,
  type PlanSettings,
  plannedIterations,
  planSettings,
} from './layout/plan.ts';
export { repulsionOf } from './layout/repulsion.ts';
export {
  checkSettings,
  defaultSettings,
  type ForceAtlas2Settings,
  type Repulsion,
  type Rule,
} from './layout/settings.ts';
export type { Annotation, AnnotationKind, Evidence, Place, Shape } from './map/annotations/annotation.ts';
export { annotationsOf } from './map/annotations/from-bridges.ts';
export { type AnnotationsRead, readAnnotations, writeAnnotations } from './map/annotations/geojson.ts';
export { linksAmong, nodesOfAnnotation, pickAnnotation } from './map/annotations/pick.ts';
export { type ProposalOptions, proposeAnnotations } from './map/annotations/propose.ts';
export { type EdgeMarks, selectStrokes, strokeLines, strokePath } from './map/edge-marks.ts';
export { type Emphasis, emphasisOfAnnotation, emphasisOfNode } from './map/emphasis.ts';
export {
  createMap,
  type GraphMap,
  type MapOptions,
  type MapScale,
  moveMap,
  restyleMap,
  scaleOf,
} from './map/graph-map.ts';
export type { Courses } from './map/great-circles.ts';
export { groundColor } from './map/ground.ts';
export { describeLegend, type Legend } from './map/legend.ts';
export type { CategoryEntry, ColorKey } from './map/node-colors.ts';
export type { NodeMarks } from './map/node-marks.ts';
export { type Color, darkPalette, lightPalette, type Palette, paletteOf } from './map/palettes.ts';
export { neighboursOf, pickNode, searchNodes } from './map/pick.ts';
export {
  type ColorSource,
  defaultMapSettings,
  type MapSettings,
  type PartialMapSettings,
  type SizeSource,
} from './map/settings.ts';
export {
  boxOfView,
  distanceOf,
  fitView,
  type Perspective,
  panView,
  type Size,
  toLayout,
  toPixel,
  type View,
  zoomView,
} from './map/view.ts';
export { type Paper, type PrintSheet, paperOf, sheetPixels } from './output/paper.ts';
export { type ArchivedTile, type PmtilesHeader, type PmtilesPlan, planPmtiles } from './output/pmtiles.ts';
export { encodePng, type PngHeader } from './output/png.ts';
export type { PrintOptions } from './output/print.ts';
export { printOverlay } from './output/print-pdf.ts';
export { type PrintPngOptions, printPng } from './output/print-png.ts';
export { printSvg } from './output/print-svg.ts';
export { styleOf, type TileKind, type TileSet, tileJsonOf } from './output/tiles/describe.ts';
export {
  createTilePainter,
  type TilePainter,
  type TilePainterOptions,
  type TileRequest,
} from './output/tiles/painter.ts';
export { type Block, type BlockOfTiles, boundsOf, pyramidOf, tilesOf } from './output/tiles/pyramid.ts';
export { blockSideOf, type OpenLevel, type RasterRun, rasterTiles } from './output/tiles/raster.ts';
export { terrainTiles, verticalScaleOf } from './output/tiles/terrain.ts';
export type { TileAddress } from './output/tiles/tile-id.ts';
export { vectorTiles } from './output/tiles/vector.ts';
export { type Contour, contours } from './relief/contours.ts';
export { type DensityOptions, defaultSpread, density } from './relief/cpu/density.ts';
export type { Field, Grid } from './relief/field.ts';
export {
  createGpuRelief,
  type GpuRelief,
  type GpuReliefOptions,
  type LitRelief,
  type ReliefTiming,
} from './relief/gpu/relief.ts';
export {
  defaultHillshade,
  type HillshadeMethod,
  type HillshadeSettings,
  hillshade,
  toneOf,
} from './relief/hillshade.ts';
export type { KernelName } from './relief/kernel.ts';
export { type Relief, type ReliefOptions, relief, reliefFrom } from './relief/relief.ts';
export { hypsometricTint, type TintStop, tintAt, tintOpacity } from './relief/tint.ts';
export type { Tile } from './render/frame.ts';
export { createRenderer, type DrawOptions, type Renderer, type RendererOptions } from './render/renderer.ts';
export { type BridgesOptions, findBridges } from './structure/bridges/bridges.ts';
export {
  type Bridge,
  type BridgeEnd,
  type BridgeKind,
  type Bridges,
  bridgeKinds,
  type Evidence as BridgeEvidence,
} from './structure/bridges/kinds.ts';
export { type Closeness, type ClosenessOptions, connectedCloseness } from './structure/closeness.ts';
export {
  type CliquePercolationOptions,
  cliquePercolation,
  type OverlappingCommunities,
} from './structure/communities/clique-percolation.ts';
export { describeCommunities } from './structure/communities/found.ts';
export {
  type InfomapOptions,
  type InfomapOutput,
  infomapCommunities,
  type RunInfomap,
} from './structure/communities/infomap.ts';
export {
  type Communities,
  type CommunitiesOptions,
  type CommunityMethod,
  type CommunityScore,
  communities,
  type Partition,
  type Quality,
} from './structure/communities.ts';
export { type EdgeLengths, edgeLengthUniformity } from './structure/measures/edge-lengths.ts';
export { type Equilibrium, equilibriumOf } from './structure/measures/equilibrium.ts';
export { type MeasureOptions, type Measures, measure } from './structure/measures/measure.ts';
export {
  type NeighbourhoodPreservation,
  type NodeSampleOptions,
  neighbourhoodPreservation,
} from './structure/measures/neighbourhood.ts';
export { type Stress, type StressOptions, stress } from './structure/measures/stress.ts';
export { type NonlocalEdges, nonlocalEdges } from './structure/nonlocal.ts';
