import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { playwright } from '@vitest/browser-playwright';
import type { BuildOptions, Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { browserFlags, findBrowser } from './scripts/browser.mjs';
import { lockScripts } from './scripts/integrity.mjs';
import { packageOf, thirdParty } from './scripts/licences.mjs';
import { stampServiceWorker } from './scripts/offline.mjs';
import { missingTools, readByTools } from './scripts/media-tools.mjs';
import { oneFile } from './scripts/one-file.mjs';

const wasmFolder = 'node_modules/@tensorflow/tfjs-backend-wasm/dist';
// Single thread only: the threaded build needs headers that an ordinary web host cannot set.
const wasmFiles = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];

/** The networks of the page: the transformer and the decoder. What is not there is left out, and the page goes without. */
const models = ['models/mini', 'models/decoder'];

/** A model's folder, its student's, and those of the checkpoints that its manifest and that of its `weak` name. */
function withCopies(model: string): Set<string> {
  const path = join(model, 'manifest.json');
  const {
    weak,
    student,
    checkpoints = [],
  } = JSON.parse(readFileSync(path, 'utf8')) as {
    weak?: string;
    student?: string;
    checkpoints?: { folder: string }[];
  };
  const copies = [...checkpoints.map(({ folder }) => folder), ...(student ? [student] : [])].map((name) =>
    join(model, name),
  );
  return new Set([model, ...(weak ? withCopies(join(model, weak)) : []), ...copies]);
}

/** A model's folder, and that of the earlier checkpoint which autoguidance asks for: all that one file has room for. */
function withWeak(model: string): string[] {
  const { weak } = JSON.parse(readFileSync(join(model, 'manifest.json'), 'utf8')) as { weak?: string };
  return weak ? [model, join(model, weak)] : [model];
}

/** Every file that the page fetches beside its own bundle: address in the page -> file here. `others`: see below. */
function fetched(othersToo = true): Map<string, string> {
  const files = new Map(wasmFiles.map((name) => [`wasm/${name}`, join(wasmFolder, name)]));
  for (const model of models.filter((folder) => existsSync(join(folder, 'manifest.json')))) {
    // The student, the earlier checkpoint that autoguidance asks for, and those that the view Inside shows: each loaded when it is asked for.
    for (const folder of othersToo ? withCopies(model) : withWeak(model))
      for (const name of readdirSync(folder)) {
        const path = join(folder, name);
        if (statSync(path).isFile()) files.set(`${folder}/${name}`, path);
      }
  }
  return files;
}

/** Serves those files while developing and testing (models/ lies in the root and is served anyway), copies them when building. */
function fetchedFiles(othersToo: boolean): Plugin {
  return {
    name: 'snowglobe-fetched-files',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = /\/(wasm\/[\w.-]+\.wasm)$/.exec((request.url ?? '').split('?')[0])?.[1];
        const path = name && fetched().get(name);
        if (!path) return next();
        response.setHeader('Content-Type', 'application/wasm');
        createReadStream(path).pipe(response);
      });
    },
    generateBundle() {
      for (const [fileName, path] of fetched(othersToo))
        this.emitFile({ type: 'asset', fileName, source: readFileSync(path) });
    },
  };
}

/** The faces come by way of a style sheet, where nobody sees their package. */
const faces = ['fraunces', 'atkinson-hyperlegible'].map((name) => join('node_modules/@fontsource', name));
const packages = new Set<string>(faces); // folders of the packages of which something is in a chunk, the worker's too

function notePackages(): Plugin {
  return {
    name: 'snowglobe-note-packages',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle))
        for (const id of chunk.type === 'chunk' ? chunk.moduleIds : []) {
          const folder = packageOf(id);
          if (folder) packages.add(folder);
        }
    },
  };
}

/**
 * What can only be said of the finished folder: whose work is in it, the teacher's kit, and which files a service worker
 * keeps. Or, in its place, one file of it all, or modules for pages of others (scripts/lib.mjs does the rest for them).
 */
function finish(mode: string): Plugin {
  let folder = '';
  return {
    name: 'snowglobe-finish',
    apply: 'build',
    configResolved: ({ root, build }) => void (folder = resolve(root, build.outDir)),
    closeBundle() {
      if (mode === 'lib') faces.forEach((name) => packages.delete(name));
      else if (mode !== 'single') packages.add('node_modules/uqr'); // in the kit's documents
      writeFileSync(join(folder, 'THIRD-PARTY.txt'), thirdParty(packages));
      if (mode === 'lib') return;
      if (mode === 'single') return inOneFile(folder);
      // A program of its own: its sources are no part of this configuration, which is read anew when one of its own changes.
      execFileSync(process.execPath, ['--import', 'tsx', 'scripts/kit/kit.ts', '--out', join(folder, 'kit')]);
      lockScripts(folder);
      stampServiceWorker(folder);
    },
  };
}

function inOneFile(folder: string): void {
  const text = oneFile(folder);
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'snowglobe.html'), text);
}

/** A package of modules: the element, and the pure rooms, each in chunks beside each other, so that all find files in one way. */
const library: BuildOptions = {
  outDir: 'dist/lib/snowglobe',
  assetsDir: '',
  copyPublicDir: false,
  modulePreload: false,
  rolldownOptions: {
    preserveEntrySignatures: 'strict',
    input: {
      index: 'src/page/snow-globe/snow-globe.ts',
      sampling: 'src/sampling/index.ts',
      world: 'src/world/index.ts',
      reading: 'src/reading/index.ts',
    },
    output: {
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      assetFileNames: '[name]-[hash][extname]',
    },
  },
};

/**
 * Tests that run a network for a whole clip, read whole clips, build the page, start programs, or want a process of their own:
 * `npm run test:quick` goes without.
 */
const slow = [
  '{bench,cli,faults,fuzz,page,scripts,ui,views}/**/*.test.ts',
  'model/{transformer,trained,probe,ablation,memory,decoder}.test.ts',
  'words/hear.test.ts',
  'reading/{read,find,rebound}.test.ts',
  'evaluation/{score,novelty,physics}.test.ts',
  'recording/{recording,shipped}.test.ts',
  'lessons/story.test.ts',
  'learn/{micro,server,training}.test.ts',
  'settings/link.test.ts',
  'judging/{verdict,spoken,reader}.test.ts',
  'lab/breaks.test.ts',
  'engine/backend-broken-wasm.test.ts', // a process can start wasm only once
].map((name) => `tests/${name}`);

/** Tests that take a minute or more each, of what changes rarely: `npm run test:long`. */
const long = [
  'lab/breaks',
  'page/single',
  'views/story-walk',
  'page/injection',
  'scripts/kit-opened',
  'examples/sample',
  'examples/package',
].map((name) => `tests/${name}.test.ts`);

/** `--mode single`: everything in one file that opens from a disk (scripts/one-file.mjs). `--mode lib`: the package (scripts/lib.mjs). */
export default defineConfig(({ mode }) => ({
  base: './', // the built folder works under any path on any host
  appType: 'mpa', // a missing file is a 404, never a page of HTML where weights were expected
  plugins: [...(mode === 'lib' ? [] : [fetchedFiles(mode !== 'single')]), notePackages(), finish(mode)],
  build: {
    target: 'esnext',
    chunkSizeWarningLimit: 1500,
    ...(mode === 'lib'
      ? library
      : mode === 'single'
        ? {
            outDir: 'dist/single',
            assetsInlineLimit: 2 ** 20, // the faces
            // The script stands in the page, so that what it names is named from there.
            rolldownOptions: { input: 'index.html', output: { codeSplitting: false, entryFileNames: '[name].js' } },
          }
        : {
            rolldownOptions: {
              input: { page: 'index.html', sw: 'src/offline/service-worker.ts' },
              // A service worker keeps its address, and has power over the folder it lies in.
              output: {
                entryFileNames: ({ name }: { name: string }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
              },
            },
          }),
  },
  worker: {
    plugins: () => [notePackages()],
    ...(mode === 'single'
      ? { format: 'iife' as const, rolldownOptions: { output: { codeSplitting: false } } }
      : mode === 'lib' // each worker one file: whoever bundles the package copies it as it is
        ? {
            format: 'es' as const,
            rolldownOptions: { output: { codeSplitting: false, entryFileNames: '[name]-[hash].js' } },
          }
        : { format: 'es' as const }),
  },
  test: {
    maxWorkers: '100%', // vitest leaves a core idle, which on two cores is half of them
    projects: [
      {
        extends: true,
        test: {
          name: 'node-quick',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.browser.test.ts', ...slow, ...long],
          isolate: false, // they share modules, whose loading would cost a third of their time, and put back what they change
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'node-slow',
          globalSetup: 'tests/page/page-build.ts',
          include: [...slow, ...(process.env.LONG ? long : [])],
          exclude: ['tests/**/*.browser.test.ts', ...(process.env.LONG ? [] : long)],
          testTimeout: 60_000,
        },
      },
      {
        // The same tests of the kernels without a browser: scripts/test-vulkan.mjs.
        extends: true,
        test: {
          name: 'vulkan',
          environment: 'node',
          include: ['tests/model/{kernels,convolution,graph,decoder-graph,nano}.browser.test.ts'],
          setupFiles: ['tests/vulkan.ts'],
          pool: 'forks', // a process for each file: a broken driver ends it
          fileParallelism: false,
          testTimeout: 600_000, // lavapipe compiles a kernel with LLVM, for ten seconds or more
          hookTimeout: 600_000,
        },
      },
      {
        extends: true,
        // Named here, so that Vite does not find them half-way through a run and reload the page.
        optimizeDeps: {
          include: [
            '@tensorflow/tfjs-core',
            '@tensorflow/tfjs-backend-cpu',
            '@tensorflow/tfjs-backend-wasm',
            '@tensorflow/tfjs-backend-webgpu',
            '@preact/signals-core',
            'axe-core',
            'fast-check',
            'lit',
            'lit/decorators.js',
            'lit/directives/live.js',
            'omggif',
            'valibot',
            'gifenc',
            'mediabunny',
          ],
        },
        test: {
          name: 'browser',
          include: ['tests/**/*.browser.test.ts'],
          testTimeout: 180_000, // SwiftShader compiles shaders on the CPU
          hookTimeout: 180_000,
          fileParallelism: false, // one emulated GPU is plenty for a small machine
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: 'chromium' }],
            // What a browser cannot do itself: other people's programs.
            commands: {
              missingTools: () => missingTools(),
              readByTools: (_, file: string, format: string) => readByTools(file, format),
            },
            provider: playwright({ launchOptions: { executablePath: findBrowser(), args: browserFlags } }),
          },
        },
      },
    ],
  },
}));
