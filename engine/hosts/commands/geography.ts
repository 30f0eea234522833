import type { Command } from 'commander';
import type { PackedGraph } from '../../graph/packed-graph.ts';
import { type GeographicPositions, geographicPositions, hasCoordinates } from '../../layout/geographic.ts';
import type { Run } from '../run.ts';
import { optionAdder } from './options.ts';

/** Where on the Earth nodes lie, as the command line says it. */
export interface GeographyOptions {
  readonly geo?: true;
  readonly longitude?: string;
  readonly latitude?: string;
}

export function addGeographyOptions(command: Command): Command {
  const add = optionAdder(command, 'Geography:');
  add('--geo', 'nodes lie where they do on the Earth, by columns of longitude and latitude, in Web Mercator');
  add('--longitude <column>', 'its name, where it is not longitude, lng, lon or long; says --geo too');
  add('--latitude <column>', 'its name, where it is not latitude or lat; says --geo too');
  return command;
}

/** Whether nodes are to lie where they do on the Earth. */
export function isOnEarth({ geo, longitude, latitude }: GeographyOptions): boolean {
  return geo === true || longitude !== undefined || latitude !== undefined;
}

/** Places nodes on the Earth and tells what had to be placed otherwise than its columns say. */
export async function placeOnEarth(
  run: Run,
  graph: PackedGraph,
  { longitude, latitude }: GeographyOptions,
): Promise<GeographicPositions & { readonly note: string }> {
  const placed = await run.time('layout', async () => geographicPositions(graph, { longitude, latitude }));
  for (const warning of placed.warnings) run.terminal.warn(warning);
  const note = `Positions: ${placed.longitude} and ${placed.latitude}, Web Mercator.`;
  run.terminal.note(note);
  return { ...placed, note };
}

/** Says that a file has what --geo needs, where nobody asked for it. */
export function tellCoordinates(run: Run, graph: PackedGraph): void {
  if (hasCoordinates(graph)) run.terminal.note('The file has longitudes and latitudes: --geo puts nodes on the Earth.');
}
