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

/**
 * From the bottom up: a room knows only rooms that stand above it here, so that no arrow goes back (tests/rooms.test.ts).
 *
 * @type {Record<string, { rooms: string[], packages: string[] }>}
 */
export const house = {
  sampling: { rooms: [], packages: [] },
  world: { rooms: ['sampling/noise', 'type sampling/types'], packages: [] }, // scenes are drawn from the one noise source
  reading: { rooms: ['world', 'type sampling/types'], packages: [] }, // it reads clips of this world, and of no other
  making: { rooms: ['type sampling'], packages: [] }, // what is given and what is made up: pixels, and no run
  evaluation: {
    rooms: ['world', 'reading', 'making', 'sampling/harmonise', 'type sampling/types', 'type sampling/run'],
    packages: [],
  },
  words: { rooms: ['world'], packages: [] }, // free text to a caption of the world; the page loads it when somebody types
  recording: { rooms: ['sampling'], packages: [] }, // a recording replays through the same run() as a live model
  pictures: { rooms: ['world', 'sampling/noise', 'type sampling/types', 'type reading'], packages: ['omggif/'] }, // foreign bytes and drawings to clips
  offline: { rooms: [], packages: [] },
  model: { rooms: ['world', 'sampling'], packages: ['@tensorflow/'] },
  engine: { rooms: ['model', 'sampling', 'world/prompt'], packages: ['@tensorflow/'] },
  // A micro network that learns in the page. It runs where the engine says.
  learn: {
    rooms: [
      'world',
      'sampling',
      'pictures/drawing', // the paints of what the learner draws
      'model',
      'engine/backend',
      'engine/errors',
      'engine/server', // its films are asked for and looked into as the big network's are
      'type engine/protocol',
      'type engine/probe',
    ],
    packages: ['@tensorflow/'],
  },
  // The script of every network's worker, and the page's side of it.
  workers: {
    rooms: [
      'engine/server',
      'engine/decoder-server',
      'engine/protocol',
      'engine/decoder-protocol',
      'engine/errors',
      'learn/server',
      'learn/protocol',
      'sampling',
      'offline/trusted-script',
      'offline/serve-later',
    ],
    packages: [],
  },
  // Files to take away: pure but for its worker, and for the encoder of the browser.
  export: {
    rooms: ['type sampling/types', 'offline/trusted-script', 'offline/serve-later'],
    packages: ['gifenc/', 'mediabunny/'],
  },
  settings: { rooms: ['world/prompt', 'sampling'], packages: ['valibot/'] },
  judging: {
    rooms: [
      'world',
      'reading',
      'evaluation',
      'type sampling',
      'engine/faults',
      'type engine/protocol',
      'offline/trusted-script',
    ],
    packages: [],
  },
  app: {
    rooms: [
      'sampling',
      'words/away',
      'type words',
      'type reading',
      'type evaluation',
      'engine/faults',
      'type engine/protocol',
      'type engine/decoder-protocol', // the second network has a worker of its own
      'type workers/steady',
      'settings',
      'judging',
    ],
    packages: ['@preact/signals-core/'],
  },
  lab: {
    rooms: [
      'sampling',
      'evaluation',
      'words/away',
      'type reading',
      'engine/faults',
      'type engine/protocol',
      'settings',
      'judging',
      'app',
    ],
    packages: ['@preact/signals-core/'],
  },
  files: {
    rooms: [
      'recording',
      'pictures',
      'type sampling',
      'engine/faults',
      'type engine/protocol',
      'offline/trusted-script',
      'app',
    ],
    packages: [],
  },
  // The story: data, and a player that knows the page's commands and state, and no element.
  lessons: {
    rooms: ['world', 'sampling', 'reading', 'evaluation', 'settings', 'judging', 'app', 'lab/difference'],
    packages: ['@preact/signals-core/', 'valibot/'],
  },
  studio: {
    rooms: [
      'sampling',
      'evaluation/card',
      'words',
      'making',
      'recording',
      'pictures/text',
      'workers',
      'settings',
      'judging',
      'app',
      'lab',
      'files',
      'lessons/session',
    ],
    packages: ['@preact/signals-core/', 'valibot/'],
  },
  // The commands of one view each; they know the studio by its type, and come with the view that makes them.
  sessions: {
    rooms: [
      'world',
      'sampling',
      'reading',
      'evaluation',
      'recording',
      'making',
      'pictures',
      'engine/faults',
      'type engine/protocol',
      'type engine/decoder-protocol',
      'learn/micro', // the view that learns has a worker of its own
      'learn/drawn',
      'learn/settings',
      'type learn/protocol',
      'type learn/read-micro',
      'workers/client',
      'workers/learn-client',
      'export',
      'settings',
      'judging',
      'app',
      'lab',
      'files',
      'type studio',
    ],
    packages: ['@preact/signals-core/', 'valibot/'],
  },
  i18n: { rooms: [], packages: [] },
  ui: {
    rooms: [
      ...pure,
      'pictures/drawing',
      'export/client',
      'export/recipe',
      'type export',
      'settings',
      'judging',
      'app',
      'lab/curve',
      'type files',
      'lessons/facts',
      'studio',
      'sessions',
      'i18n',
    ],
    packages: ['lit/', '@preact/signals-core/'],
  },
  views: {
    rooms: [
      ...pure,
      'making',
      'pictures/drawing',
      'pictures/ground',
      'pictures/types',
      'settings',
      'judging',
      'app',
      'lab',
      'files',
      'lessons',
      'type studio',
      'sessions',
      'i18n',
      'ui',
    ],
    packages: ['lit/'],
  },
  page: {
    rooms: ['offline/service-workers', 'settings', 'type app', 'studio', 'sessions/take-away', 'i18n', 'ui', 'views'],
    packages: ['lit/', '@preact/signals-core/'],
  },
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
      to: { path: '^src/(settings|judging|app|lab|files|studio|sessions|i18n|ui|views|page|main)' },
    },
    ...['views', 'sessions'].map((room) => ({
      name: `${room}-apart`,
      comment: 'A view, and what it does, can be changed or taken away without a look at the others.',
      severity: 'error',
      from: { path: `^src/${room}/([^/]+)/` },
      to: { path: `^src/${room}/`, pathNot: `^src/${room}/$1/` },
    })),
    {
      name: 'views-come-late',
      comment: 'The page opens as quickly however many views there are.',
      severity: 'error',
      from: { pathNot: '^src/views/' },
      to: { path: '^src/views/', dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-test-in-what-is-shipped', severity: 'error', from: { path: '^(src|cli)/' }, to: { path: '^tests/' } },
    ...rules,
  ], // prettier-ignore
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|runs|training)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'default', 'types'] },
    reporterOptions: { dot: { collapsePattern: '^(src/[^/]+|cli|bench)' } },
  },
};
