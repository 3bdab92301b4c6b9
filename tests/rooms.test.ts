import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { importsOf, terminalViolations, violations } from './rooms';

const src = join(import.meta.dirname, '../src');
const filesIn = (folder: string, from: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(from, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
const files = filesIn(src, src);

test('every file keeps to what its room may know', () => {
  expect(files.length).toBeGreaterThan(1);
  expect(files.flatMap((file) => violations(file, readFileSync(join(src, file), 'utf8')))).toEqual([]);
});

test.each(['cli', 'bench'])('%s knows nothing of the page', (folder) => {
  const root = join(src, '..');
  const files = filesIn(join(root, folder), root);
  expect(files.length).toBeGreaterThan(1);
  expect(files.flatMap((file) => terminalViolations(file, readFileSync(join(root, file), 'utf8')))).toEqual([]);
});

describe('the checker itself', () => {
  it('sees every way to name a module, and no comment or string', () => {
    const source = `
      import { a } from './a';
      import type { B } from "../b";
      import * as c from 'c'; import 'd';
      export { e } from './e';
      export type { F } from './f';
      import {
        type G,
        h,
      } from './h';
      export * from './i';
      // import { no } from './no';
      /* import './no-no'; */
      const j = await import('./j');
      const k = new Worker(new URL('./k.ts', import.meta.url));
      const text = "it came from 'nowhere'";`;
    expect(importsOf(source).map(({ to, typeOnly }) => (typeOnly ? `type ${to}` : to))).toEqual([
      './a',
      'type ../b',
      'c',
      'd',
      './e',
      'type ./f',
      './h',
      './i',
      './j',
      './k.ts',
    ]);
  });

  it.each([
    ['world/scene.ts', `import { run } from '../sampling/run';`],
    ['reading/find.ts', `import { score } from '../evaluation/score';`],
    ['evaluation/report.ts', `import { readFileSync } from 'node:fs';`],
    ['evaluation/report.ts', `import { run } from '../sampling/run';`],
    ['sampling/run.ts', `import * as tf from '@tensorflow/tfjs-core';`],
    ['sampling/run.ts', `import { readFileSync } from 'node:fs';`],
    ['app/state.ts', `import { load } from '../engine/backend';`],
    ['app/state.ts', `const model = await import('../model');`],
    ['ui/sheet.ts', `import { run } from '../sampling/run';`],
    ['ui/sheet.ts', `import type { Fault } from '../engine/protocol';`],
    ['model/text.ts', `import { page } from '../app/state';`],
    ['engine/worker.ts', `import { x } from '../../tests/rooms';`],
    ['cellar/cat.ts', ``],
    ['main.ts', `import '@tensorflow/tfjs-backend-webgpu';`],
  ])('refuses in %s: %s', (path, source) => {
    expect(violations(path, source)).toHaveLength(1);
  });

  it.each([
    ['cli/options.ts', `import { defaults } from '../src/app/settings';`],
    ['cli/evaluate/options.ts', `import type { Settings } from '../../src/app/settings';`],
    ['bench/run.ts', `await import('../src/ui/element');`],
  ])('refuses outside, in %s: %s', (path, source) => {
    expect(terminalViolations(path, source)).toHaveLength(1);
    expect(terminalViolations(path, source.replace(/src\/(app|ui)/, 'src/sampling'))).toEqual([]);
  });

  it.each([
    ['model/blocks.ts', `import * as tf from '@tensorflow/tfjs-core'; import { tokenize } from '../world/prompt';`],
    [
      'app/state.ts',
      `import type { FromWorker } from '../engine/protocol'; import { connect } from '../engine/client';`,
    ],
    ['ui/sheet/sheet.ts', `import type { Step } from '../../sampling/types'; import { html } from 'lit';`],
    ['recording/replay.ts', `import { run } from '../sampling/run';`],
    ['main.ts', `import './ui/snow-globe';`],
    ['main.ts', `import './ui';`],
  ])('allows in %s: %s', (path, source) => {
    expect(violations(path, source)).toEqual([]);
  });
});
