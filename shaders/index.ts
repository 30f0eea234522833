import edgesFrag from './render/edges.frag.glsl?raw';
import nodesFrag from './render/nodes.frag.glsl?raw';
import nodesVert from './render/nodes.vert.glsl?raw';
import reliefFrag from './render/relief.frag.glsl?raw';
import sheetVert from './render/sheet.vert.glsl?raw';
import spritesFrag from './render/sprites.frag.glsl?raw';
import spritesVert from './render/sprites.vert.glsl?raw';
import strokesFrag from './render/strokes.frag.glsl?raw';
import strokesVert from './render/strokes.vert.glsl?raw';

/** GLSL ES 1.00 sources by stem. */
export const renderShaders = {
  sheetVert,
  reliefFrag,
  strokesVert,
  strokesFrag,
  edgesFrag,
  nodesVert,
  nodesFrag,
  spritesVert,
  spritesFrag,
} as const;
