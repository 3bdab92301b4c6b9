/**
 * Who may know whom: the table of the rooms, and the rules that dependency-cruiser checks it by (`npm run rooms`).
 *
 * A room is a folder of src/, or one of the folders beside it. "sampling" allows a whole room, "sampling/types" one file;
 * with "type " before it only types may cross, which leave nothing behind in the bundle.
 */
const pure = [
  'type world',
  'type sampling',
  'type reading',
  'type evaluation',
  'type recording',
  'type words',
  'type pictures',
];

/** @type {Record<string, { rooms: string[], packages: string[] }>} */
export const house = {
  world: { rooms: ['sampling/noise', 'type sampling/types'], packages: [] }, // scenes are drawn from the one noise source
  sampling: { rooms: [], packages: [] },
  reading: { rooms: ['world', 'type sampling/types'], packages: [] }, // it reads clips of this world, and of no other
  evaluation: {
    rooms: ['world', 'reading', 'making', 'sampling/harmonise', 'type sampling/types', 'type sampling/run'],
    packages: [],
  },
  words: { rooms: ['world'], packages: [] }, // free text to a caption of the world; the page loads it when somebody types
  making: { rooms: ['type sampling'], packages: [] }, // what is given and what is made up: pixels, and no run
  recording: { rooms: ['sampling'], packages: [] }, // a recording replays through the same run() as a live model
  pictures: { rooms: ['world', 'sampling/noise', 'type sampling/types', 'type reading'], packages: ['omggif/'] }, // foreign bytes and drawings to clips
  model: { rooms: ['world', 'sampling'], packages: ['@tensorflow/'] },
  engine: {
    rooms: [
      'model',
      'sampling',
      'world/prompt',
      'offline/trusted-script',
      'offline/serve-later',
      'learn/server',
      'learn/protocol',
    ],
    packages: ['@tensorflow/'],
  },
  // A micro network that learns in the page. Its worker is the engine's script, and it runs where the engine says.
  learn: {
    rooms: [
      'world',
      'sampling',
      'pictures/drawing', // the paints of what the learner draws
      'model',
      'engine/backend',
      'engine/errors',
      'engine/server', // its films are asked for and looked into as the big network's are
      'engine/worker',
      'type engine/protocol',
      'type engine/probe',
      'offline/trusted-script',
    ],
    packages: ['@tensorflow/'],
  },
  // Files to take away: pure but for its worker, and for the encoder of the browser.
  export: {
    rooms: ['type sampling/types', 'offline/trusted-script', 'offline/serve-later'],
    packages: ['gifenc/', 'mediabunny/'],
  },
  app: {
    rooms: [
      'world',
      'sampling',
      'reading',
      'evaluation',
      'recording',
      'making',
      'words',
      'pictures',
      'engine/protocol',
      'engine/client',
      'engine/steady',
      'engine/decoder-client', // the second network has a worker of its own
      'type engine/decoder-protocol',
      'learn/client', // the view that learns has a worker of its own
      'learn/micro',
      'learn/drawn',
      'learn/settings',
      'type learn/protocol',
      'type learn/read-micro',
      'offline/trusted-script',
      'export',
    ],
    packages: ['@preact/signals-core/', 'valibot/'],
  },
  // The story: data, and a player that knows the page's commands and state, and no element.
  lessons: {
    rooms: ['app', 'world', 'sampling', 'reading', 'evaluation'],
    packages: ['@preact/signals-core/', 'valibot/'],
  },
  ui: {
    rooms: [
      'app',
      'i18n',
      'lessons',
      'offline/service-workers',
      'making',
      'pictures/drawing',
      'pictures/ground',
      'pictures/types',
      'export/client',
      'export/recipe',
      'type export',
      ...pure,
    ],
    packages: ['lit/', '@preact/signals-core/'],
  },
  i18n: { rooms: [], packages: [] },
  offline: { rooms: [], packages: [] },
};

/** Types of strings and settings cross from the page into its strings; nothing else does. */
const escaped = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const placeOf = (rule) => `^src/${escaped(rule.replace(/^type /, ''))}(/|\\.ts$)`;

const rules = Object.entries(house).flatMap(([room, { rooms, packages }]) => {
  const from = { path: `^src/${room}/` };
  const values = rooms.filter((rule) => !rule.startsWith('type '));
  const types = rooms.filter((rule) => rule.startsWith('type ')).map(placeOf);
  const own = `^src/${room}/`;
  const allowed = [own, ...values.map(placeOf)];
  return [
    { name: `${room}-rooms`, severity: 'error', from, to: { path: '^(src|cli|bench|tests|training|scripts)/', pathNot: [...allowed, ...types] } },
    ...(types.length
      ? [{ name: `${room}-types-only`, severity: 'error', from, to: { path: types, pathNot: allowed, dependencyTypesNot: ['type-only'] } }]
      : []),
    { name: `${room}-packages`, severity: 'error', from, to: { path: 'node_modules/', pathNot: packages.map((name) => `node_modules/${escaped(name)}`) } },
    { name: `${room}-node`, severity: 'error', from, to: { dependencyTypes: ['core'] } },
  ]; // prettier-ignore
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-dangling-import', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:|^vitest' } },
    {
      name: 'no-room-without-a-rule',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${Object.keys(house).join('|')})/` },
      to: {},
    },
    {
      name: 'no-page-in-a-terminal',
      comment: 'What runs in a terminal draws by the same code as the page, but without it.',
      severity: 'error',
      from: { path: '^(cli|bench)/' },
      to: { path: '^src/(app|ui|i18n|main)' },
    },
    { name: 'no-test-in-what-is-shipped', severity: 'error', from: { path: '^(src|cli)/' }, to: { path: '^tests/' } },
    ...rules,
  ], // prettier-ignore
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|runs|training)/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'default', 'types'] },
    reporterOptions: { dot: { collapsePattern: '^(src/[^/]+|cli|bench)' } },
  },
};
