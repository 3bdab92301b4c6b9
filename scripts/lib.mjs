/**
 * `npm run build:lib`: two packages in dist/lib, ready for `npm pack`. `snowglobe` is ES modules and their types: <snow-globe>, and
 * the pure rooms sampling, world and reading. `snowglobe-files` is what the element fetches: models, recordings, WebAssembly.
 * They lie beside each other, on a web host as in node_modules, and only who wants the element needs both.
 *
 * What it is not: a second build configuration (vite.config.ts, mode `lib`). `--out FOLDER` for another place than dist/lib.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { out } = parseArgs({ options: { out: { type: 'string', default: 'dist/lib' } } }).values;
const [code, files] = [join(out, 'snowglobe'), join(out, 'snowglobe-files')];
const { version, license, description } = JSON.parse(readFileSync('package.json', 'utf8'));
const rooms = ['sampling', 'world', 'reading'];

const run = (program, ...args) =>
  execFileSync(process.execPath, [join('node_modules', program), ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
const write = (folder, more) => {
  const about = { version, license, description, type: 'module', ...more };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(about, null, 2)}\n`);
  cpSync('LICENSE', join(folder, 'LICENSE'));
};

rmSync(out, { recursive: true, force: true });
run('vite/bin/vite.js', 'build', '--mode', 'lib', '--outDir', code, '--emptyOutDir', '--logLevel', 'error');
run('typescript/bin/tsc', '-p', 'tsconfig.lib.json', '--outDir', join(code, 'types'));
// Node's own resolution wants whole names.
for (const name of readdirSync(join(code, 'types'), { recursive: true }).filter((name) => name.endsWith('.d.ts'))) {
  const path = join(code, 'types', name);
  writeFileSync(path, readFileSync(path, 'utf8').replace(/((?:from|import\()\s*['"]\.[^'"]*)(?=['"])/g, '$1.js'));
}
writeFileSync(
  join(code, 'index.d.ts'),
  `import type { SnowGlobeElement } from './types/page/snow-globe/element.js';
export type * from './types/page/snow-globe/element.js';
export declare const SnowGlobe: { new (): SnowGlobeElement; prototype: SnowGlobeElement };
declare global {
  interface HTMLElementTagNameMap {
    'snow-globe': SnowGlobeElement;
  }
}
`,
);
cpSync('docs/reference/element.md', join(code, 'README.md'));
const entry = (room) => ({ types: `./types/${room}/index.d.ts`, default: `./${room}.js` });
write(code, {
  name: 'snowglobe',
  exports: {
    '.': { types: './index.d.ts', default: './index.js' },
    ...Object.fromEntries(rooms.map((room) => [`./${room}`, entry(room)])),
    './package.json': './package.json',
  },
  sideEffects: ['./index.js'],
});

// What is fetched lies in the page's own build as well; here it is taken from where that takes it.
const { weak, student } = JSON.parse(readFileSync('models/mini/manifest.json', 'utf8'));
for (const model of ['mini', 'decoder', ...[weak, student].flatMap((other) => (other ? [join('mini', other)] : []))])
  for (const name of readdirSync(join('models', model)))
    if (statSync(join('models', model, name)).isFile())
      cpSync(join('models', model, name), join(files, 'models', model, name));
for (const folder of ['recordings', 'learn']) cpSync(join('public', folder), join(files, folder), { recursive: true });
for (const name of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'])
  cpSync(join('node_modules/@tensorflow/tfjs-backend-wasm/dist', name), join(files, 'wasm', name));
write(files, {
  name: 'snowglobe-files',
  description: 'Models, recorded runs and WebAssembly of the package snowglobe',
});
console.log(`${code} and ${files}: npm pack each of them, or copy both to a web host.`);
