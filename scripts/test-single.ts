/**
 * `npm run test:single`: the page as one file, opened from the disk in Firefox: a recorded run, words of one's own, a live run by
 * WebAssembly, a chapter of the story, and nothing asked for outside the file. tests/page/single.test.ts asks Chromium the same and more.
 *
 * A Firefox that is not here is named, with how to get it, and nothing fails. The last line counts: `N passed, N failed[, N skipped]`.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import * as firefox from './browsers/firefox.mjs';

/** Asked in the page, so it uses nothing from here. */
const asked = `(() => {
  const studio = document.querySelector('snow-globe')?.studio;
  const state = studio?.state;
  const [run, engine] = [state?.run.value, state?.engine.value];
  const titles = [];
  const walk = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.localName === 'story-chapter') titles.push(element.shadowRoot.querySelector('h2')?.textContent);
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);
  return {
    fault: state?.trouble.value?.fault.cause ?? null,
    run: run?.phase === 'done' ? run.source + ': ' + run.prompt : null,
    backend: engine?.info?.backend ?? null,
    expected: studio?.hearing.expected.value ?? null,
    chapter: titles[0] ?? null,
    outside: performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => !/^(data|blob):/.test(name)),
  };
})()`;

const shake = `(async () => {
  const { controls, runs, state } = document.querySelector('snow-globe').studio;
  controls.set({ steps: 3 });
  controls.setPrompt('ein roter Ball hüpft bei Nacht');
  while (state.hearing.value === null) await new Promise((done) => setTimeout(done, 50));
  void runs.again();
  return null;
})()`;

interface Page {
  readonly fault: string | null;
  readonly run: string | null;
  readonly backend: string | null;
  readonly expected: unknown;
  readonly chapter: string | null;
  readonly outside: readonly string[];
}

const patience = 300; // seconds: a busy machine is slow, not red
const total = { passed: 0, failed: 0, skipped: 0 };
const folder = mkdtempSync(join(tmpdir(), 'snowglobe single '));

async function inFirefox(program: string): Promise<void> {
  await build({ mode: 'single', logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
  const file = join(folder, 'snowglobe.html');
  const browser = await firefox.open(program);
  const ask = (expression: string) => browser.ask(expression) as Promise<Page>;
  const until = async (what: string, holds: (page: Page) => boolean): Promise<void> => {
    const end = Date.now() + 1000 * patience;
    for (let page = await ask(asked); ; page = await ask(asked)) {
      if (page.fault !== null || page.outside.length > 0)
        throw new Error(`${what}: ${page.fault ?? page.outside.join(' ')}`);
      if (holds(page)) break;
      if (Date.now() > end) throw new Error(`${what}: not after ${patience} seconds`);
      await new Promise((done) => setTimeout(done, 500));
    }
    total.passed += 1;
    console.log(`good: ${what}`);
  };
  try {
    console.log(`Firefox ${browser.version}, ${(statSync(file).size / 1e6).toFixed(1)} MB`);
    await browser.go(pathToFileURL(file).href);
    await until('a recorded run', ({ run }) => run !== null);
    await until('the network, by WebAssembly', ({ backend }) => backend === 'wasm');
    await browser.ask(shake);
    await until('a live run of words of its own', ({ run }) => run === 'live: A red ball bouncing at night.');
    await until('what to expect, by the card', ({ expected }) => expected !== null);
    await browser.go('about:blank');
    await browser.go(`${pathToFileURL(file).href}#view=story&chapter=4`);
    await until('a chapter of the story', ({ chapter, run }) => chapter === 'All frames at once' && run !== null);
  } finally {
    await browser.close();
  }
}

const program = firefox.find();
if (program) {
  await inFirefox(program).catch((error: Error) => {
    total.failed += 1;
    console.log(`FAILED: ${error.message}`);
  });
} else {
  total.skipped += 1;
  console.log(`Firefox is not here: ${firefox.howToInstall}`);
}
rmSync(folder, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed ? 1 : 0);
