/**
 * npm run bench: the static graph beside plain tfjs operations and onnxruntime-web, in Node (Dawn: its null backend, and an
 * adapter where there is one; WebAssembly) and in a browser where there is one, and how the page opens there. Needs nothing
 * but Node, asks nothing, ends by itself.
 *
 * Writes runs/bench/bench.json and runs/bench/index.html. Whatever cannot be measured here is named, with the reason.
 */
import { execFile } from 'node:child_process';
import { createReadStream, existsSync, readFileSync, realpathSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { noAdapter } from './exits';
import { barsOf } from './bars';
import type { Report } from './measure';
import { measureOpening, type Opening } from './opening';
import { howToInstall as howToInstallOrt, ortVersion } from './ort';
import { pageOf, summaryOf, type Bench } from './page-of';
import type { Answer } from './page/page';
import type { Connect } from 'vite';
import { findBrowser, howToInstall, visitorFlags } from '../scripts/browser.mjs';

const help = `npm run bench -- [--only null,adapter,wasm,threads,browser,opening] [--out FOLDER]

  null      Node, a device that computes nothing: what JavaScript costs, and what is asked of the device
  adapter   Node, the graphics processor of this machine, or a program that plays one
  wasm      Node, WebAssembly with one thread, 128 to 1024 tokens
  threads   the same with a thread a core where the runtime has threads, 128 tokens
  browser   a browser, its graphics processor or the program that plays one
  opening   the built page in a browser: time to the first picture and to an own clip, bytes

onnxruntime-web is measured where it is installed: npm install --no-save onnxruntime-web@${ortVersion}
`;

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const ortFolder = join(root, 'node_modules/onnxruntime-web/dist');
const patience = 20 * 60_000; // milliseconds for each

async function inNode(what: string, ort: boolean): Promise<Report> {
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  const args = [tsx, join(root, 'bench/node.ts'), what, ...(ort ? [] : ['--without-ort'])];
  const attempt = (env: NodeJS.ProcessEnv) =>
    new Promise<Report>((resolve, reject) => {
      const options = { cwd: root, env: { ...process.env, ...env }, timeout: patience, maxBuffer: 2 ** 26 };
      execFile(process.execPath, args, options, (error, stdout, stderr) => {
        if (!error) return resolve(JSON.parse(stdout.trim().split('\n').at(-1)!) as Report);
        const lines = stderr.split('\n').filter((line) => line.trim());
        const cause = lines.find((line) => /^\w*Error: /.test(line)) ?? lines.at(-1) ?? error.message;
        reject(error.code === noAdapter ? new NoAdapter(cause) : new Error(cause));
      });
    });
  if (what !== 'adapter') return attempt({});
  return attempt({}).catch((error: unknown) => {
    const emulated = error instanceof NoAdapter ? emulatedVulkan() : undefined;
    if (!emulated) throw error;
    return attempt(emulated);
  });
}

class NoAdapter extends Error {}

/** A Chromium on Linux brings a Vulkan that the processor plays, which Node can use, too. */
function emulatedVulkan(): NodeJS.ProcessEnv | undefined {
  const browser = findBrowser();
  if (!browser || process.platform !== 'linux') return undefined;
  const folder = [dirname(realpathSync(browser)), '/usr/lib/chromium'].find((place) =>
    existsSync(join(place, 'vk_swiftshader_icd.json')),
  );
  if (folder === undefined) return undefined;
  return { LD_LIBRARY_PATH: folder, VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json') };
}

/** As it lies in the package: Vite would read it as source. */
const serveOrt: Connect.NextHandleFunction = (request, response) => {
  const name = basename(new URL(request.url!, 'http://localhost').pathname);
  const file = join(ortFolder, name);
  if (!existsSync(file)) return void response.writeHead(404).end();
  const type = name.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
  response.writeHead(200, { 'Content-Type': type });
  createReadStream(file).pipe(response);
};

async function inBrowser(ort: boolean): Promise<Report> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(howToInstall);
  const [{ chromium }, { createServer }] = await Promise.all([import('playwright-core'), import('vite')]);
  const server = await createServer({
    root,
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1' },
    optimizeDeps: { entries: ['bench/page/index.html'] }, // what is found only later reloads the page, in the middle
    plugins: [
      { name: 'bench-ort', configureServer: ({ middlewares }) => void middlewares.use('/onnxruntime-web', serveOrt) },
    ],
  });
  try {
    await server.listen();
    const browser = await chromium.launch({ executablePath, args: visitorFlags });
    try {
      const page = await browser.newPage();
      await page.goto(new URL(`bench/page/${ort ? '' : '#without-ort'}`, server.resolvedUrls!.local[0]).href);
      await page.waitForFunction(() => 'answer' in globalThis);
      page.setDefaultTimeout(patience);
      const { report, problem } = await page.evaluate(
        () => (globalThis as unknown as { answer: Promise<Answer> }).answer,
      );
      if (!report) throw new Error(problem);
      return { ...report, where: `${report.where.replace(/\/.*/, '')} ${browser.version()}` };
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    out: { type: 'string', default: join(root, 'runs/bench') },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(help);
  process.exit(0);
}
const reports: Report[] = [];
let opening: Opening | undefined;
/** A runtime that fails here must not take the others' figures along. */
const report = (name: string, made: (ort: boolean) => Promise<Report>) => async () => {
  try {
    reports.push(await made(true));
  } catch (error) {
    if (!existsSync(ortFolder)) throw error;
    reports.push(await made(false));
    missing.push({ what: `onnxruntime-web, ${name}`, why: reasonOf(error) });
  }
};
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
const tasks: Record<string, () => Promise<void>> = {
  null: report('null', (ort) => inNode('null', ort)),
  adapter: report('adapter', (ort) => inNode('adapter', ort)),
  wasm: report('wasm', (ort) => inNode('wasm', ort)),
  threads: report('threads', (ort) => inNode('threads', ort)),
  browser: report('browser', inBrowser),
  opening: async () => void (opening = await measureOpening(root)),
};
const wanted = values.only?.split(',') ?? Object.keys(tasks);
const unknown = wanted.find((name) => !Object.hasOwn(tasks, name));
if (unknown !== undefined) {
  console.error(`There is nothing called ${unknown} to measure.\n\n${help}`);
  process.exit(1);
}
const missing: { what: string; why: string }[] = existsSync(ortFolder)
  ? []
  : [{ what: 'onnxruntime-web', why: howToInstallOrt }];
for (const name of wanted) {
  console.log(`measuring: ${name}`);
  try {
    await tasks[name]();
  } catch (error) {
    missing.push({ what: name, why: reasonOf(error) });
  }
}
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const bench: Bench = {
  format: 2,
  snowglobe: version,
  at: new Date().toISOString(),
  machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores`,
  ...{ bars: barsOf(reports, opening), reports, opening, missing },
};
await mkdir(values.out, { recursive: true });
await writeFile(join(values.out, 'bench.json'), `${JSON.stringify(bench, null, 2)}\n`);
await writeFile(join(values.out, 'index.html'), pageOf(bench));
console.log(`${summaryOf(bench)}\n${join(values.out, 'index.html')}`);
process.exit(reports.length || opening ? 0 : 1);
