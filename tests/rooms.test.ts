/**
 * The rules of the rooms, tried on a small house in which each is broken once, and their sizes on made-up ones. The real house is
 * checked by `npm run rooms`; here only its table.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { afterAll, beforeAll, expect, it } from 'vitest';
import config, { house } from '../.dependency-cruiser.mjs';
import { sizesOf, tooLarge } from '../scripts/room-sizes.mjs';

const broken: [path: string, source: string, rule: string][] = [
  ['src/world/scene.ts', `import '../sampling/run';`, 'world-rooms'],
  ['src/reading/find.ts', `import '../evaluation/score';`, 'reading-rooms'],
  ['src/evaluation/report.ts', `import { readFileSync } from 'node:fs'; readFileSync('');`, 'evaluation-node'],
  ['src/evaluation/trials.ts', `import { clip } from '../sampling/types'; clip();`, 'evaluation-types-only'],
  ['src/sampling/solvers.ts', `import '@tensorflow/tfjs-core';`, 'sampling-packages'],
  ['src/app/state.ts', `import '../engine/backend';`, 'app-rooms'],
  ['src/app/lazy.ts', `void import('../engine/backend');`, 'app-rooms'],
  ['src/app/commands.ts', `import '../sessions/make/make';`, 'app-rooms'],
  ['src/app/types.ts', `import type { page } from '../sessions/make/make'; export type P = typeof page;`, 'app-rooms'],
  ['src/app/both.ts', `import '../lab/lab';`, 'app-rooms'],
  ['src/sessions/make/again.ts', `import '../learn/learn';`, 'sessions-apart'],
  ['src/ui/sheet.ts', `import '../engine/backend';`, 'ui-rooms'],
  ['src/ui/button.ts', `import '../views/make/make-view';`, 'ui-rooms'],
  ['src/ui/later.ts', `void import('../views/make/make-view');`, 'ui-rooms'],
  ['src/views/learn/learn-view.ts', `import '../make/make-view';`, 'views-apart'],
  ['src/views/learn/later.ts', `void import('../make/make-view');`, 'views-apart'],
  ['src/page/early.ts', `import '../views/make/make-view';`, 'views-come-late'],
  ['src/model/text.ts', `export { page } from '../app/page';`, 'model-rooms'],
  ['src/cellar/cat.ts', `import '../sampling/types';`, 'no-room-without-a-rule'],
  ['src/engine/worker.ts', `import '../../tests/helper';`, 'no-test-in-what-is-shipped'],
  ['cli/options.ts', `import '../src/app/page';`, 'no-page-in-a-terminal'],
  ['src/recording/a.ts', `import './b';`, 'no-circle'],
  ['src/recording/nowhere.ts', `import './gone';`, 'no-dangling-import'],
];
const good: [path: string, source: string][] = [
  [
    'src/world/draw.ts',
    `import '../sampling/noise'; import type { Clip } from '../sampling/types'; export type C = Clip;`,
  ],
  ['src/engine/page.ts', `import '@tensorflow/tfjs-core'; import '../model/net';`],
  ['src/ui/film.ts', `import '../app/page'; import type { Clip } from '../sampling/types'; export type C = Clip;`],
  ['src/page/views.ts', `import '../ui/film'; export const load = () => import('../views/make/make-view');`],
  ['src/views/make/make-part.ts', `import './make-view'; import '../../ui/film'; import '../../sessions/make/make';`],
  ['cli/sample.ts', `import '../src/sampling/types'; import { readFileSync } from 'node:fs'; readFileSync('');`],
];
const rest = [
  'sampling/run',
  'sampling/noise',
  'evaluation/score',
  'engine/backend',
  'app/page',
  'model/net',
  'lab/lab',
  'sessions/make/make',
  'sessions/learn/learn',
  'views/make/make-view',
];

const folder = mkdtempSync(join(tmpdir(), 'snowglobe-rooms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Rules that a file breaks. */
let found: Map<string, string[]>;

beforeAll(async () => {
  const write = (path: string, source: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), source);
  };
  for (const [path, source] of [...broken, ...good]) write(path, source);
  for (const name of rest) write(`src/${name}.ts`, 'export const page = 1;');
  write('src/sampling/types.ts', 'export type Clip = number; export const clip = () => 1;');
  write('src/recording/b.ts', `import './a';`);
  write('tests/helper.ts', '');
  cpSync('tsconfig.json', join(folder, 'tsconfig.json'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'), 'junction');
  const { options, forbidden } = config;
  const { tsConfig: _, doNotFollow, exclude, ...others } = options!;
  const settings = { ...others, baseDir: folder, validate: true, ruleSet: { forbidden } };
  const tsConfig = extractTSConfig(join(folder, 'tsconfig.json'));
  const { output } = await cruise(['src', 'cli'], { ...settings, doNotFollow, exclude } as never, {}, { tsConfig });
  if (typeof output === 'string') throw new Error(output);
  found = new Map();
  for (const { from, rule } of output.summary.violations) found.set(from, [...(found.get(from) ?? []), rule.name]);
}, 60_000);

it.each(broken)('%s may not: %s', (path, _, rule) => expect(found.get(path)).toContain(rule));

it('what keeps to the rules breaks none', () => {
  const files = new Set(broken.map(([path]) => path));
  expect([...found.keys()].filter((path) => !files.has(path) && path !== 'src/recording/b.ts')).toEqual([]);
});

it('no arrow goes back: every room knows only rooms that stand above it in the table', () => {
  const names = Object.keys(house);
  const roomOf = (rule: string) => rule.replace(/^type /, '').split('/')[0];
  const back = Object.entries(house).flatMap(([room, { rooms }]) =>
    rooms
      .filter((rule) => !names.slice(0, names.indexOf(room)).includes(roomOf(rule)))
      .map((rule) => `${room}: ${rule}`),
  );
  expect(back).toEqual([]);
});

it('a room counts with all that lies in it: code, styles and data', () => {
  const home = join(folder, 'counted');
  mkdirSync(join(home, 'ui/sheet'), { recursive: true });
  mkdirSync(join(home, 'app'));
  writeFileSync(join(home, 'main.ts'), 'no room\n');
  writeFileSync(join(home, 'app/state.ts'), 'one\n');
  writeFileSync(join(home, 'ui/sheet/sheet.ts'), 'one\ntwo\n');
  writeFileSync(join(home, 'ui/sheet/sheet.css'), 'three\n');
  writeFileSync(join(home, 'ui/words.json'), '4\n');
  writeFileSync(join(home, 'ui/notes.md'), 'not\n');
  expect([...sizesOf(home)]).toEqual([['ui', 4], ['app', 1]]); // prettier-ignore
});

it('a room may have 15 % of the lines, and app fewer than 2,000', () => {
  const others = Array.from({ length: 9 }, (_, i): [string, number] => [`room${i}`, 1600]);
  expect(tooLarge(new Map([...others, ['app', 1999], ['ui', 2600]]))).toEqual([]);
  expect(tooLarge(new Map([...others, ['app', 2000], ['ui', 3200]]))).toEqual([
    'src/app has 2000 lines, and is to have fewer than 2000',
    'src/ui has 16.3 % of the lines, more than 15.0 %',
  ]);
});
