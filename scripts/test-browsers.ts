/**
 * `npm run test:browsers`: the built page in browsers other than Chromium. It is opened, a film is made by WebAssembly, and that
 * film is the one that Node makes of the same words and seed, up to rounding.
 *
 * A browser that is not here is named, with how to get it, and fails only where it was asked for: `npm run test:browsers -- Firefox`.
 * The last line counts: `N passed, N failed[, N skipped]`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { openModel } from '../cli/model';
import { TransformerDenoiser } from '../src/model/denoiser';
import { defaults, run } from '../src/sampling';
import { tokenize } from '../src/world';
import * as firefox from './browsers/firefox.mjs';
import * as webkit from './browsers/webkit.mjs';

const film = { prompt: 'a big pink heart growing in the meadow', seed: 401, steps: 4 };
/** Greatest difference of a colour value, of 255: two builds of the same kernels round differently, and no eye tells 2 apart. */
const most = 2;
/** Seconds for the network to come and four steps: a busy machine is slow, not red. */
const patience = 300;

/** Asked in the page, so it uses nothing from here. */
const asked = `(() => {
  const state = document.querySelector('snow-globe')?.studio?.state;
  const run = state?.run.value;
  const engine = state?.engine.value;
  const fault = state?.trouble.value?.fault ?? null;
  const done = run?.source === 'live' && run.phase === 'done';
  const guess = done ? [...run.steps.at(-1).guess].map((value) => Math.round(127.5 * (value + 1))) : null;
  const stands = [engine?.phase ?? 'no page', engine?.stage, run && run.source + ' ' + run.phase + ' ' + run.steps.length].filter(Boolean).join(', ');
  return { fault, guess, stands, backend: engine?.info?.backend ?? null, reason: engine?.info?.reason ?? null };
})()`;

interface Page {
  readonly fault: { readonly cause: string } | null;
  readonly guess: readonly number[] | null;
  readonly stands: string; // how far it has come
  readonly backend: string | null;
  readonly reason: string | null;
}

interface Driven {
  readonly version: string;
  go(url: string): Promise<unknown>;
  ask(expression: string): Promise<Page>;
  close(): Promise<void>;
}

async function filmOfNode(): Promise<number[]> {
  const { model, words } = await openModel('models/mini', 'wasm', (error) => {
    throw error;
  });
  const { tokens } = tokenize(film.prompt, model.config.text_length, words);
  let last: Float32Array | undefined;
  for await (const { guess } of run(new TransformerDenoiser(model, tokens), { ...defaults, ...film })) last = guess;
  return Array.from(last!, (value) => Math.round(127.5 * (value + 1)));
}

async function filmOf(browser: Driven, url: string): Promise<Page> {
  await browser.go(`${url}#prompt=${film.prompt.replaceAll(' ', '+')}&seed=${film.seed}&steps=${film.steps}`);
  const until = Date.now() + 1000 * patience;
  for (;;) {
    const page = await browser.ask(asked);
    if (page.guess || page.fault) return page;
    if (Date.now() > until) throw new Error(`no film after ${patience} seconds: ${page.stands}`);
    await new Promise((done) => setTimeout(done, 500));
  }
}

const total = { passed: 0, failed: 0, skipped: 0 };
const wanted = process.argv.slice(2).map((name) => name.toLowerCase());
const folder = mkdtempSync(join(tmpdir(), 'snowglobe-browsers-'));
await build({ logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
const server = await preview({ logLevel: 'error', build: { outDir: folder }, preview: { port: 0, host: '127.0.0.1' } });
const url = server.resolvedUrls!.local[0];
let right: number[] | undefined;

for (const { name, howToInstall, find, open } of [firefox, webkit]) {
  if (wanted.length > 0 && !wanted.includes(name.toLowerCase())) continue;
  const program = find();
  if (!program) {
    console.log(`${name} is not here: ${howToInstall}`);
    total[wanted.length > 0 ? 'failed' : 'skipped'] += 1;
    continue;
  }
  let browser: Driven | undefined;
  try {
    right ??= await filmOfNode();
    browser = (await open(program)) as Driven;
    const began = Date.now();
    const { guess, fault, backend, reason } = await filmOf(browser, url);
    const seconds = Math.round((Date.now() - began) / 1000);
    const off = guess && Math.max(...guess.map((value, i) => Math.abs(value - right![i])));
    const good = fault === null && backend === 'wasm' && off !== null && off <= most;
    total[good ? 'passed' : 'failed'] += 1;
    const film = fault ? fault.cause : `a film in ${seconds} s, at most ${off} of 255 from the one of Node`;
    console.log(`${good ? 'good' : 'FAILED'}: ${name} ${browser.version}, ${backend}: ${film}. ${reason}`);
  } catch (error) {
    total.failed += 1;
    console.log(`FAILED: ${name}: ${(error as Error).message}`);
  } finally {
    await browser?.close();
  }
}

await server.close();
rmSync(folder, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed ? 1 : 0);
