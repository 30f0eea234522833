import FFT from 'fft.js';
import { reliefShaders } from '../../../shaders/index.ts';
import { filledBuffer, storageBuffer, uniformBuffer } from '../../gpu/buffers.ts';
import { createPass, type Encode } from '../../gpu/pass.ts';
import { guard } from '../cpu/convolution.ts';
import { kernelSpectrum } from '../cpu/kernel-spectrum.ts';
import { splineResponse } from '../cpu/spline.ts';
import { createKernel, type KernelName, resolvedKnots } from '../kernel.ts';
import { rootsOfUnity, stagesOf } from './fourier.ts';

/** What buffers are made for; they also serve fewer nodes and cells. */
export interface Capacity {
  readonly periodX: number;
  readonly periodY: number;
  readonly kernel: KernelName;
  readonly nodes: number;
  readonly cells: number;
}

/** The passes of the relief on one device. */
export type ReliefPasses = Awaited<ReturnType<typeof createReliefPasses>>;

/** Compiles all passes. @throws DeviceError. */
export async function createReliefPasses(device: GPUDevice) {
  const { deposit, knots, fourier, fold, gather, slopes, summit, hillshade } = reliefShaders;
  const compiled = [
    createPass(device, deposit),
    createPass(device, knots),
    createPass(device, fourier),
    createPass(device, fold),
    createPass(device, gather),
    createPass(device, slopes),
    createPass(device, summit),
    createPass(device, hillshade),
  ] as const;
  const passes = await Promise.all(compiled);
  return {
    deposit: passes[0],
    knots: passes[1],
    fourier: passes[2],
    fold: passes[3],
    gather: passes[4],
    slopes: passes[5],
    summit: passes[6],
    hillshade: passes[7],
  };
}

/** Cells that one workgroup of `slopes` measures. */
export const stretch = 1024;

/** The most bytes that a pass takes as uniforms. */
const uniformBytes = 48;

/** Buffers for reliefs up to a capacity, and the passes bound to them. */
export type Resources = ReturnType<typeof createResources>;

/** @throws DeviceError that names the buffer, its size and the limit where the device has no room for it. */
export function createResources(device: GPUDevice, passes: ReliefPasses, capacity: Capacity) {
  const { periodX, periodY, nodes, cells } = capacity;
  const made: GPUBuffer[] = [];
  const keep = (buffer: GPUBuffer) => {
    made.push(buffer);
    return buffer;
  };
  const storage = (label: string, bytes: number) => keep(storageBuffer(device, `relief ${label}`, bytes));
  const uniform = (label: string) => keep(uniformBuffer(device, `relief ${label}`, new Uint8Array(uniformBytes)));
  const dispose = () => {
    for (const buffer of made) buffer.destroy();
  };
  try {
    const waves = [0, 1].map((k) => storage(`wave ${k}`, 8 * periodX * periodY));
    const knots = storage('knots', periodX * periodY);
    const positions = storage('positions', 8 * nodes);
    const weights = storage('weights', 4 * nodes);
    const heights = storage('heights', 4 * cells);
    const lights = storage('lights', 4 * cells);
    const measures = storage('measures', 16 * Math.ceil(cells / stretch));
    const summit = storage('summit', 16);
    const roots = keep(filledBuffer(device, 'relief roots', rootsOfUnity(Math.max(periodX, periodY))));
    const spectrum = keep(filledBuffer(device, 'relief spectrum', spectrumOf(capacity)));

    // Which of the two waves a stage reads follows from its place among all stages: forth by rows and columns, then back.
    let current = 0;
    const transform = (along: 'row' | 'column') => {
      const stages = stagesOf(periodX, periodY, { along, lines: 0, known: 0, isInverse: false });
      return stages.map((_, k) => {
        const stage = uniform(`stage ${along} ${k}`);
        const [before, after] = [waves[current], waves[1 - current]];
        current = 1 - current;
        return { stage, encode: passes.fourier({ stage, roots, before, after }) };
      });
    };
    const bind = <Name extends string>(name: Name, build: (uniforms: GPUBuffer) => Encode) => {
      const uniforms = uniform(name);
      return { uniforms, encode: build(uniforms) };
    };
    const forth = [transform('row'), transform('column')];
    const folded = waves[current];
    const transforms = { forth, back: [transform('column'), transform('row')] };
    const done = waves[current];
    return {
      capacity,
      positions,
      weights,
      heights,
      lights,
      summits: summit,
      transforms,
      deposit: bind('deposit', (deposit) => passes.deposit({ deposit, positions, weights, knots })),
      knots: bind('knots', (lattice) => passes.knots({ lattice, knots, wave: waves[0] })),
      fold: bind('fold', (fold) => passes.fold({ fold, spectrum, wave: folded })),
      gather: bind('gather', (grid) => passes.gather({ grid, wave: done, heights })),
      slopes: bind('slopes', (grid) => passes.slopes({ grid, heights, measures })),
      summit: bind('summit', (ground) => passes.summit({ ground, measures, summit })),
      hillshade: bind('hillshade', (light) => passes.hillshade({ light, heights, summit, lights })),
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

/**
 * The kernel's spectrum over the splines' response and the transforms' scale. A lattice is as fine as the spread asks
 * for, so that the kernel is always equally wide in knots, and its spectrum depends on the periods alone.
 */
function spectrumOf({ periodX, periodY, kernel }: Capacity): Float32Array<ArrayBuffer> {
  const { whole } = createKernel(kernel, resolvedKnots, 1);
  const spectrum = kernelSpectrum(new FFT(periodX), new FFT(periodY), periodX / 2 - guard, periodY / 2 - guard, {
    valueAt: (columns, rows) => whole(columns * columns + rows * rows),
    // One response for spreading and one for reading.
    response: (frequency) => splineResponse(frequency) ** 2,
  });
  return Float32Array.from(spectrum, (value) => value / (periodX * periodY));
}
