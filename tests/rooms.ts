/**
 * Which room of src/ may know which. A rule is a path in src/ ("sampling" allows the whole room, "sampling/types" one
 * file); with "type " before it only types may cross, which leave nothing behind in the bundle.
 */
export interface Room {
  readonly rooms: readonly string[];
  readonly packages: readonly string[];
}

const pure = ['type world', 'type sampling', 'type reading', 'type evaluation', 'type recording'];

export const house: Readonly<Record<string, Room>> = {
  world: { rooms: ['sampling/noise', 'type sampling/types'], packages: [] }, // scenes are drawn from the one noise source
  sampling: { rooms: [], packages: [] },
  reading: { rooms: ['world', 'type sampling/types'], packages: [] }, // it reads clips of this world, and of no other
  evaluation: { rooms: ['world', 'reading', 'type sampling/types'], packages: [] },
  recording: { rooms: ['sampling'], packages: [] }, // a recording replays through the same run() as a live model
  model: { rooms: ['world', 'sampling'], packages: ['@tensorflow/'] },
  engine: { rooms: ['model', 'sampling', 'world/prompt', 'offline/trusted-script'], packages: ['@tensorflow/'] },
  app: {
    rooms: [
      'world',
      'sampling',
      'reading',
      'evaluation',
      'recording',
      'engine/protocol',
      'engine/client',
      'engine/steady',
      'engine/decoder-client', // the second network has a worker of its own
      'type engine/decoder-protocol',
      'offline/trusted-script',
    ],
    packages: ['@preact/signals-core', 'valibot'],
  },
  ui: {
    rooms: ['app', 'i18n', 'offline/service-workers', ...pure],
    packages: ['lit', 'lit/', '@preact/signals-core'],
  },
  i18n: { rooms: [], packages: [] },
  export: { rooms: pure, packages: ['gifenc'] },
  offline: { rooms: [], packages: [] },
  '.': { rooms: ['ui', 'app', 'offline'], packages: [] }, // files that lie in src/ itself: the doors into the house
};

/** Rooms of the page: what runs in a terminal (cli/, bench/) draws by the same code as the page, but without it. */
const pageRooms = ['app', 'ui', 'i18n', 'main'];

/** What a file outside src/ may not know of it. `path` is relative to the repository, e.g. "cli/sample.ts". */
export function terminalViolations(path: string, source: string): string[] {
  return importsOf(source).flatMap(({ to }) => {
    const target = to.startsWith('.') ? resolve(path, to) : undefined;
    const [top, room] = target?.split('/') ?? [];
    return top === 'src' && pageRooms.includes(room) ? [`${path}: a terminal may not import ${target}`] : [];
  });
}

export interface Import {
  readonly to: string; // as written
  readonly typeOnly: boolean;
}

/** Every module that a source text names: import, export from, import(), new URL(..., import.meta.url). */
export function importsOf(source: string): Import[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/[^\n]*/g, '$1');
  const found: Import[] = [];
  const statement = /(?:^|[;}\n])\s*(?:import|export)\s+(type\s+)?(?:[\w*{][^'"`;()]*?\bfrom\s*)?['"]([^'"]+)['"]/g;
  for (const [, type, to] of code.matchAll(statement)) found.push({ to, typeOnly: Boolean(type) });
  for (const [, to] of code.matchAll(/\bimport\s*\(\s*['"`]([^'"`]+)['"`]/g)) found.push({ to, typeOnly: false });
  for (const [, to] of code.matchAll(/\bnew\s+URL\(\s*['"`](\.[^'"`]+)['"`]\s*,\s*import\.meta\.url/g))
    found.push({ to, typeOnly: false });
  return found;
}

/** What a file does that its room may not. `path` is relative to src/, e.g. "model/blocks.ts". */
export function violations(path: string, source: string): string[] {
  const room = roomOf(path);
  const rules = house[room];
  if (!rules) return [`${path}: no room "${room}" in the house: add it to tests/rooms.ts with what it may know`];
  return importsOf(source).flatMap(({ to, typeOnly }) => {
    if (!to.startsWith('.')) {
      const known = rules.packages.some((name) => to === name || (name.endsWith('/') && to.startsWith(name)));
      return known ? [] : [`${path}: ${room} may not import the package ${to}`];
    }
    const target = resolve(path, to);
    if (target === undefined) return [`${path}: ${to} leaves src/`];
    if (roomOf(target) === room) return [];
    const allowed = rules.rooms.some((rule) => {
      const place = rule.replace(/^type /, '');
      return (target === place || target.startsWith(`${place}/`)) && (typeOnly || place === rule);
    });
    return allowed ? [] : [`${path}: ${room} may not import ${typeOnly ? 'types from ' : ''}${target}`];
  });
}

function roomOf(path: string): string {
  return path.includes('/') ? path.split('/')[0] : path in house ? path : '.';
}

function resolve(from: string, to: string): string | undefined {
  const parts = from.split('/').slice(0, -1);
  for (const part of to.split(/[?#]/)[0].split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.') parts.push(part);
  }
  return parts
    .join('/')
    .replace(/\.(ts|js)$/, '')
    .replace(/\/index$/, '');
}
