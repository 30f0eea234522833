import { type Command, InvalidArgumentError } from 'commander';
import { type ColorSource, defaultMapSettings, type PartialMapSettings, type SizeSource } from '../../map/settings.ts';
import type { HillshadeMethod } from '../../relief/hillshade.ts';
import { addCommunityOptions, type CommunityChoices } from './communities.ts';
import { optionAdder, toInteger, toNumber } from './options.ts';

/** How a map looks, as the command line says it. */
export interface MapLook extends CommunityChoices {
  readonly palette?: 'light' | 'dark';
  readonly title?: string;
  readonly legend: boolean;
  /** A number of labels, false for none, or true where neither flag was given. */
  readonly labels: number | boolean;
  readonly edges: number | boolean;
  readonly edgePath?: 'straight' | 'great-circle';
  readonly relief: boolean;
  readonly azimuth?: number;
  readonly altitude?: number;
  readonly zFactor?: number;
  readonly hillshade?: HillshadeMethod;
  readonly contours?: readonly number[];
  readonly nodeSize?: SizeSource;
  readonly nodeColor?: ColorSource;
}

/** How large a picture for the screen is. */
export interface PictureSize {
  /** Pixels. */
  readonly width: number;
  readonly height?: number;
  /** Pixels per CSS pixel. */
  readonly scale?: number;
}

/** More would need more memory than a browser tab has. */
const largestSide = 8192;
const hillshades: readonly HillshadeMethod[] = ['basic', 'standard', 'combined', 'igor', 'multidirectional'];

const group = 'Look:';

export function addSizeOptions(command: Command): Command {
  const add = optionAdder(command, group);
  add('--width <pixels>', `width of the picture, 16 to ${largestSide}`, toSide, 1200);
  add('--height <pixels>', 'height of the picture (default: what the layout needs)', toSide);
  add('--scale <number>', 'pixels per CSS pixel: larger text and lines (default: width / 1200, at least 1)', toScale);
  return command;
}

export function addLookOptions(command: Command): Command {
  const add = optionAdder(command, group);
  add('--palette <name>', 'colours').choices(['light', 'dark']);
  add('--title <text>', 'title of the legend (default: what the file says)');
  add('--no-legend', 'leave the legend out');
  add('--labels <number>', 'at most so many labels', toInteger(0));
  add('--no-labels', 'leave labels out');
  add(
    '--edges <strength>',
    `opacity of a lone long edge, 0 to 2 (default: ${defaultMapSettings.edges.strength})`,
    toNumber,
  );
  add('--no-edges', 'leave edges out');
  add('--edge-path <kind>', 'how edges run (default: straight, with --geo great-circle)').choices([
    'straight',
    'great-circle',
  ]);
  add('--no-relief', 'leave the relief out');
  add('--azimuth <degrees>', 'where the light comes from, clockwise from the top, 0 to 360', toNumber);
  add('--altitude <degrees>', 'height of the light, 0 to 90', toNumber);
  add('--z-factor <number>', 'how high the hills are, 0 or more', toNumber);
  add('--hillshade <method>', 'how light falls on slopes').choices(hillshades);
  add('--contours <heights>', 'contour lines, as shares of the peak: 0.1,0.3,0.5', toHeights);
  add('--node-size <source>', 'auto, file, degree, equal or a column', sourceOf(['auto', 'file', 'degree', 'equal']));
  add(
    '--node-color <source>',
    'auto, file, community, plain or a column',
    sourceOf(['auto', 'file', 'community', 'plain']),
  );
  return addCommunityOptions(command);
}

/** The settings that were given on the command line, and only those. */
export function mapSettingsOf(look: MapLook): PartialMapSettings {
  const {
    palette,
    labels,
    edges,
    edgePath,
    relief,
    azimuth,
    altitude,
    zFactor,
    hillshade,
    contours,
    nodeSize,
    nodeColor,
  } = look;
  return {
    palette,
    nodes: given({ size: nodeSize, color: nodeColor }),
    labels: given({ show: labels !== false, count: typeof labels === 'number' ? labels : undefined }),
    edges: given({ show: edges !== false, strength: typeof edges === 'number' ? edges : undefined, path: edgePath }),
    relief: given({ show: relief, azimuth, altitude, zFactor, method: hillshade, contours }),
  };
}

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The fields that have a value. */
function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
}

function toSide(text: string): number {
  const value = toNumber(text);
  if (Number.isInteger(value) && value >= 16 && value <= largestSide) return value;
  throw new InvalidArgumentError(`Expected a whole number of pixels from 16 to ${largestSide}.`);
}

function toScale(text: string): number {
  const value = toNumber(text);
  if (value >= 0.1 && value <= 16) return value;
  throw new InvalidArgumentError('Expected a number from 0.1 to 16.');
}

function toHeights(text: string): readonly number[] {
  return text.split(',').map(toNumber);
}

/** One of the names, or else the column of that name. */
function sourceOf<Name extends string>(names: readonly Name[]): (text: string) => Name | { readonly column: string } {
  return (text) => names.find((name) => name === text) ?? { column: text };
}
