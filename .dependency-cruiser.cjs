// Who may import whom: base < graph, gpu < formats, layout, relief < structure < map < render < output < embed, hosts < index.
// A room imports itself and rooms of a lower rank, never a sibling of its own.
const ranks = [
  ['base'],
  ['graph', 'gpu'],
  ['formats', 'layout', 'relief'],
  ['structure'],
  ['map'],
  ['render'],
  ['output'],
  ['embed', 'hosts'],
];
const roomRules = ranks.flatMap((rooms, rank) =>
  rooms.map((room) => ({
    name: `${room}-imports-rightwards-only-itself-and-the-left`,
    severity: 'error',
    from: { path: `^engine/${room}/` },
    to: { path: '^engine/', pathNot: `^engine/(${[...ranks.slice(0, rank).flat(), room].join('|')})/` },
  })),
);
/** Only `rooms` may import `what`. */
const only = (name, what, rooms) => ({
  name,
  severity: 'error',
  from: { path: '^(engine|demo|bench|shaders)/', pathNot: rooms },
  to: { path: what },
});

module.exports = {
  forbidden: [
    ...roomRules,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'cpu-knows-no-gpu',
      severity: 'error',
      from: { path: '^engine/(layout|relief)/cpu(/|\\.ts)' },
      to: { path: '(/gpu(/|\\.ts)|^shaders/)' },
    },
    only('shaders-for-gpu-and-render-only', '^shaders/', '^(engine/(gpu|render)/|engine/(layout|relief)/gpu|shaders/)'),
    only('regl-in-render-only', 'node_modules/regl/', '^engine/render/'),
    only('comlink-in-hosts-only', 'node_modules/comlink/', '^engine/hosts/'),
    only('puppeteer-in-hosts-only', 'node_modules/puppeteer', '^(engine/hosts/|bench/)'),
    only('map-libraries-in-embed-only', 'node_modules/(maplibre-gl|leaflet|ol)/', '^(engine/embed/|demo/)'),
    {
      name: 'demo-and-bench-see-the-public-face',
      severity: 'error',
      from: { path: '^(demo|bench)/' },
      to: { path: '^(engine|shaders)/', pathNot: '^engine/(index|embed/(leaflet|maplibre|openlayers))\\.ts$' },
    },
    {
      name: 'runs-anywhere',
      severity: 'error',
      from: { path: '^engine/(base|graph|formats|layout|relief|structure|map|render|output)/' },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\?' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.cjs'] },
  },
};
