/**
 * npm run soak [-- --runs 200 --seed 1]: what takes too long for every test run. Ends by itself, with a plain verdict.
 *
 * First the worker's side in this process, on WebAssembly: runs that end, fail and are stopped at random moments; tensors,
 * buffers and bytes must be the same after each. Then the built page in a real Chromium: runs, stops, fast clicks, workers
 * that crash or are killed without a word; each time it must be whole again by itself, and in the end the page must hold
 * no more memory, elements, listeners and workers than at the beginning.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { memory } from '@tensorflow/tfjs-core';
import { chromium, type Page } from 'playwright-core';
import { findBrowser, howToInstall, visitorFlags } from '../scripts/browser.mjs';
import type { FromWorker, RunRequest, ToWorker } from '../src/engine/protocol';
import { serve } from '../src/engine/server';
import type { SnowGlobe } from '../src/page/snow-globe/snow-globe';
import { Host } from './page/host';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const runs = Number(values.runs);
let state = Number(values.seed) >>> 0;

/** A whole number below n, the same ones for the same seed. */
function below(n: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * n);
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const problems: string[] = [];
const count: Record<string, number> = {};
const note = (what: string) => (count[what] = (count[what] ?? 0) + 1);

// ------------------------------------------------------------------------------------------------- the worker's side

async function workerSide(): Promise<void> {
  const http = createServer((request, response) => {
    readFile(`tests/golden/model-tiny/${request.url!.split('/').at(-1)}`).then(
      (data) => response.end(data),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  let listener!: (event: { data: ToWorker }) => void;
  let hear: (message: FromWorker) => void = () => {};
  serve({
    postMessage: (message, transfer = []) => hear(structuredClone(message, { transfer })),
    addEventListener: (_, given) => (listener = given),
  });
  /** Asks, and waits for one of these answers. */
  const ask = (message: ToWorker, ends: readonly string[], onStep?: (index: number) => void) =>
    new Promise<string>((resolve) => {
      hear = (said) => {
        if (said.type === 'step') onStep?.(said.step.index);
        if (ends.includes(said.type)) resolve(said.type);
      };
      listener({ data: message });
    });

  const modelUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
  const wasmUrl = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';
  const loaded = await ask({ type: 'load', modelUrl, wasmUrl, backend: 'wasm' }, ['ready', 'failed']);
  if (loaded !== 'ready') throw new Error('the tiny model did not load');

  const held = () => JSON.stringify([memory().numTensors, memory().numDataBuffers, memory().numBytes]);
  let flat = '';
  for (let id = 1; id <= runs; id++) {
    const request: RunRequest = {
      prompt: ['a red ball', '', 'a big blue star moving left'][below(3)],
      seed: below(1000),
      steps: below(10) === 0 ? 0 : 1 + below(8), // no run can be made of 0 steps
      sampler: (['euler', 'heun', 'multistep'] as const)[below(3)],
      guidance: { scale: 1 + below(3), from: 0, to: 1 },
    };
    const stopAt = below(3) === 0 ? below(request.steps + 1) : Infinity;
    const abort = () => listener({ data: { type: 'abort', id } });
    if (stopAt === 0) setTimeout(abort);
    const end = await ask({ type: 'run', id, request }, ['done', 'aborted', 'run-failed', 'failed'], (index) => {
      if (index + 1 === stopAt) abort();
    });
    note(`worker side: ${end}`);
    if (end === 'failed' || (end === 'run-failed') !== (request.steps === 0))
      problems.push(`run ${id} ended as ${end}`);
    if (id === 2) flat = held();
    if (id > 2 && held() !== flat) problems.push(`after run ${id} tensors, buffers, bytes are ${held()}, not ${flat}`);
  }
  http.closeAllConnections();
  http.close();
}

// ------------------------------------------------------------------------------------------------------------ the page

type Told = Window & { workers: Worker[] };

/** The engine's worker of now can be got at, as the last of `workers`: one that is kept here keeps its listeners, too. A text, because tsx changes functions that are to travel. */
const reachWorkers = `
  window.workers = [];
  window.Worker = class extends Worker {
    constructor(address, options) {
      super(address, options);
      if (options.name === 'snowglobe model') window.workers = [this];
    }
  };`;

async function page(): Promise<void> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(howToInstall);
  const host = await Host.build();
  await host.start();
  const browser = await chromium.launch({ executablePath, args: visitorFlags });
  try {
    const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(`the page: ${error.message}`));
    await page.addInitScript({ content: reachWorkers });
    await page.goto(host.address);
    await ready(page);
    let first: Held | undefined;
    for (let round = 1; round <= runs; round++) {
      await once(page);
      // By then every part has been used, and the history of films is full.
      if (round === Math.min(warm, runs)) first = await held(page);
    }
    const last = await held(page);
    console.log(`the page after ${Math.min(warm, runs)} rounds:  ${said(first!)}`);
    console.log(`the page after ${runs} rounds: ${said(last)}`);
    for (const what of counted) if (last[what] > first![what]) problems.push(`the page grew: ${first![what]} ${what}, then ${last[what]}`); // prettier-ignore
    if (last.memory > 1.1 * first!.memory + 3e6) problems.push(`the page grew from ${megabytes(first!.memory)} to ${megabytes(last.memory)}`); // prettier-ignore
  } finally {
    await browser.close();
    await host.stop();
    host.remove();
  }
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Rounds after which nothing may grow any more. */
const warm = 40;
const counted = ['nodes', 'listeners', 'documents', 'workers'] as const;
type Held = Record<(typeof counted)[number] | 'memory', number>;

const said = ({ memory, ...counts }: Held) => `${megabytes(memory)}, ${counted.map((what) => `${counts[what]} ${what}`).join(', ')}`; // prettier-ignore

/** What the page holds on to while nothing runs, once what it let go of is collected. */
async function held(page: Page): Promise<Held> {
  // The same film each time: one that was stopped has fewer steps, and its sheet fewer cells.
  await page.evaluate(async () => {
    const { studio } = document.querySelector<SnowGlobe>('snow-globe')!;
    studio.controls.setPrompt('a red ball');
    studio.controls.set({ seed: 1, steps: 40 });
    await studio.runs.again();
  });
  await page.evaluate(() => {
    const { studio } = document.querySelector<SnowGlobe>('snow-globe')!;
    studio.view.go('watch');
    studio.notes.dismissTrouble(); // what is said of a fault stands there only sometimes
    studio.notes.dismissMended();
    studio.view.look({ row: 0, frame: 0 });
  });
  await pause(500);
  const session = await page.context().newCDPSession(page);
  for (let i = 0; i < 2; i++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize = 0 } = (await session.send('Runtime.getHeapUsage')) as {
    usedSize: number;
    backingStorageSize?: number;
  };
  const { nodes, jsEventListeners: listeners, documents } = await session.send('Memory.getDOMCounters');
  await session.detach();
  return { memory: usedSize + backingStorageSize, nodes, listeners, documents, workers: page.workers().length };
}

const ready = (page: Page) =>
  page.waitForFunction(
    () => document.querySelector<SnowGlobe>('snow-globe')?.studio.state.engine.value.phase === 'ready',
    null,
    { timeout: 60_000 },
  );

/** One round: a run, something that happens to it, and in the end a run that must be whole. */
async function once(page: Page): Promise<void> {
  const what = ['nothing', 'stop', 'clicks', 'crash', 'kill', 'look round'][[0, 5, 1, 1, 2, 2, 3, 3, 4, 5][below(10)]];
  note(`page: ${what}`);
  await page.evaluate((seed) => {
    const { studio } = document.querySelector<SnowGlobe>('snow-globe')!;
    studio.controls.setPrompt('a red ball');
    studio.controls.set({ seed, steps: 40 });
    void studio.runs.again();
  }, below(1000));
  await pause(below(400));
  await page.evaluate((what) => {
    const { studio } = document.querySelector<SnowGlobe>('snow-globe')!;
    const worker = (window as unknown as Told).workers.at(-1)!;
    if (what === 'stop') studio.runs.stop();
    if (what === 'crash') worker.dispatchEvent(new ErrorEvent('error', { message: 'soak' }));
    if (what === 'kill') worker.terminate();
    if (what === 'look round')
      for (const [i, view] of (['story', 'inside', 'make', 'learn', 'lab', 'watch'] as const).entries())
        setTimeout(() => studio.view.go(view), 60 * i);
    if (what === 'clicks')
      for (const prompt of ['a blue star', 'a red ball', 'a blue star']) {
        studio.controls.setPrompt(prompt);
        void studio.runs.again();
      }
  }, what);
  const end = await page
    .waitForFunction(
      () => {
        const { run, engine, trouble } = document.querySelector<SnowGlobe>('snow-globe')!.studio.state;
        const { phase, steps, prompt } = run.value!;
        if (phase === 'running' || engine.value.phase === 'loading') return null;
        const whole = steps.every(({ index }, i) => index === i);
        return { phase, rows: steps.length, prompt, whole, trouble: trouble.value?.fault.cause ?? '' };
      },
      null,
      { timeout: 90_000 },
    )
    .then((handle) => handle.jsonValue());
  // Stopped before its first step, the film of before stays.
  const stopped = what === 'stop' && (end!.phase !== 'done' || end!.rows === 40);
  const prompt = what === 'clicks' ? 'a blue star' : 'a red ball';
  if (!end!.whole || end!.trouble || (!stopped && (end!.rows !== 40 || end!.prompt !== prompt)))
    problems.push(`after "${what}": ${JSON.stringify(end)}`);
}

// -------------------------------------------------------------------------------------------------------------- verdict

const started = performance.now();
for (const part of [workerSide, page]) {
  try {
    await part();
  } catch (error) {
    problems.push(`${part.name} broke off: ${error instanceof Error ? error.message : String(error)}`);
  }
}
for (const [what, times] of Object.entries(count).sort()) console.log(`${what}: ${times}`);
for (const problem of problems.slice(0, 20)) console.error(problem);
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(
  problems.length
    ? `SOAK: BAD, ${problems.length} problems in ${seconds} s (seed ${values.seed})`
    : `SOAK: good, ${seconds} s (seed ${values.seed})`,
);
process.exit(problems.length ? 1 : 0);
