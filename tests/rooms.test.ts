/** The rules of the rooms, tried on a small house in which each is broken once. The real one is checked by `npm run rooms`. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { afterAll, beforeAll, expect, it } from 'vitest';
import config from '../.dependency-cruiser.mjs';

const broken: [path: string, source: string, rule: string][] = [
  ['src/world/scene.ts', `import '../sampling/run';`, 'world-rooms'],
  ['src/reading/find.ts', `import '../evaluation/score';`, 'reading-rooms'],
  ['src/evaluation/report.ts', `import { readFileSync } from 'node:fs'; readFileSync('');`, 'evaluation-node'],
  ['src/evaluation/trials.ts', `import { clip } from '../sampling/types'; clip();`, 'evaluation-types-only'],
  ['src/sampling/solvers.ts', `import '@tensorflow/tfjs-core';`, 'sampling-packages'],
  ['src/app/state.ts', `import '../engine/backend';`, 'app-rooms'],
  ['src/app/lazy.ts', `void import('../engine/backend');`, 'app-rooms'],
  ['src/ui/sheet.ts', `import '../engine/backend';`, 'ui-rooms'],
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
  ['cli/sample.ts', `import '../src/sampling/types'; import { readFileSync } from 'node:fs'; readFileSync('');`],
];
const rest = ['sampling/run', 'sampling/noise', 'evaluation/score', 'engine/backend', 'app/page', 'model/net'];

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
