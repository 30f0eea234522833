import type { Grid } from '../field.ts';
import type { HillshadeSettings } from '../hillshade.ts';
import { type Lines, stagesOf } from './fourier.ts';
import { type Lattice, lead } from './lattice.ts';
import { type Resources, stretch } from './resources.ts';
import {
  depositUniform,
  foldUniform,
  gatherUniform,
  hillshadeUniform,
  knotsUniform,
  quantaFor,
  slopesUniform,
  stageUniform,
  summitUniform,
} from './uniforms.ts';

/** One relief to make. */
export interface ReliefJob {
  readonly grid: Grid;
  readonly lattice: Lattice;
  readonly nodes: number;
  /** Of all weights. */
  readonly total: number;
  readonly light: HillshadeSettings;
  readonly isLit: boolean;
}

/** Invocations of a workgroup of every pass. */
const groupSize = 64;

/** Hands the passes what they need to know of a job. */
export function writeUniforms(device: GPUDevice, resources: Resources, job: ReliefJob): void {
  const { grid, lattice, nodes, total, light } = job;
  const { deposit, knots, fold, gather, slopes, summit, hillshade } = resources;
  const quanta = quantaFor(total);
  const write = (buffer: GPUBuffer, data: Uint8Array<ArrayBuffer>) => device.queue.writeBuffer(buffer, 0, data);
  write(deposit.uniforms, depositUniform(lattice, nodes, quanta));
  write(knots.uniforms, knotsUniform(lattice, quanta * nodes));
  for (const { passes, lines } of transformsOf(resources, lattice)) {
    const stages = stagesOf(lattice.periodX, lattice.periodY, lines);
    for (const [k, stage] of stages.entries()) write(passes[k].stage, stageUniform(stage));
  }
  write(fold.uniforms, foldUniform(lattice));
  write(gather.uniforms, gatherUniform(grid, lattice, lead));
  write(slopes.uniforms, slopesUniform(grid));
  write(summit.uniforms, summitUniform(partsOf(grid)));
  write(hillshade.uniforms, hillshadeUniform(grid, light));
}

/** Puts the passes of a job, whose uniforms are written, into a compute pass. */
export function encodeRelief(encoder: GPUComputePassEncoder, resources: Resources, job: ReliefJob): void {
  const { grid, lattice, nodes, isLit } = job;
  const { periodX, periodY, width, height } = lattice;
  const groups = (invocations: number) => Math.ceil(invocations / groupSize);
  const [forthRows, forthColumns, backColumns, backRows] = transformsOf(resources, lattice);
  const transform = ({ passes, lines }: Transform) => {
    for (const [k, { count, radix }] of stagesOf(periodX, periodY, lines).entries()) {
      passes[k].encode(encoder, groups((count / radix) * lines.lines));
    }
  };
  const cells = groups(grid.width * grid.height);
  resources.deposit.encode(encoder, groups(nodes));
  resources.knots.encode(encoder, groups(width * height));
  transform(forthRows);
  transform(forthColumns);
  resources.fold.encode(encoder, groups(periodX * periodY));
  transform(backColumns);
  transform(backRows);
  resources.gather.encode(encoder, cells);
  resources.slopes.encode(encoder, partsOf(grid));
  resources.summit.encode(encoder, 1);
  if (isLit) resources.hillshade.encode(encoder, cells);
}

/** The stages of a transform and the lines that it goes over. */
interface Transform {
  readonly passes: Resources['transforms']['forth'][number];
  readonly lines: Lines;
}

/** There and back; rows without a knot are left out. */
function transformsOf({ transforms }: Resources, { width, height, periodX, periodY }: Lattice): readonly Transform[] {
  const [forthRows, forthColumns] = transforms.forth;
  const [backColumns, backRows] = transforms.back;
  return [
    { passes: forthRows, lines: { along: 'row', lines: height, known: width, isInverse: false } },
    { passes: forthColumns, lines: { along: 'column', lines: periodX, known: height, isInverse: false } },
    { passes: backColumns, lines: { along: 'column', lines: periodX, known: periodY, isInverse: true } },
    { passes: backRows, lines: { along: 'row', lines: height, known: periodX, isInverse: true } },
  ];
}

/** Workgroups of `slopes`. */
function partsOf({ width, height }: Grid): number {
  return Math.ceil((width * height) / stretch);
}
