/**
 * npm run bench: the static graph beside plain tfjs operations, in Node (Dawn: its null backend, and an adapter where there
 * is one) and in a browser where there is one. Needs nothing but Node, asks nothing, ends by itself.
 *
 * Writes runs/bench/bench.json and runs/bench/index.html. Whatever cannot be measured here is named, with the reason.
 */
import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Report } from './measure';
import { pageOf, summaryOf, type Bench } from './page-of';
import type { Answer } from './page/page';
import { browserFlags, findBrowser, howToInstall } from '../scripts/browser.mjs';

const help = `npm run bench -- [--only null,adapter,browser] [--out FOLDER]

  null      Node, a device that computes nothing: what JavaScript costs, and what is asked of the device
  adapter   Node, the graphics processor of this machine, or a program that plays one
  browser   the same in a browser
`;

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const patience = 20 * 60_000; // milliseconds for each

async function inNode(what: string): Promise<Report> {
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  const args = [tsx, join(root, 'bench/node.ts'), what];
  const attempt = (env: NodeJS.ProcessEnv) =>
    new Promise<Report>((resolve, reject) => {
      const options = { cwd: root, env: { ...process.env, ...env }, timeout: patience, maxBuffer: 2 ** 26 };
      execFile(process.execPath, args, options, (error, stdout, stderr) => {
        if (!error) return resolve(JSON.parse(stdout.trim().split('\n').at(-1)!) as Report);
        reject(
          new Error(
            stderr
              .trim()
              .split('\n')
              .findLast((line) => line.trim()) ?? error.message,
          ),
        );
      });
    });
  if (what === 'null') return attempt({});
  return attempt({}).catch((error: unknown) => {
    const emulated = emulatedVulkan();
    if (!emulated) throw error;
    return attempt(emulated);
  });
}

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

async function inBrowser(): Promise<Report> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(howToInstall);
  const [{ chromium }, { createServer }] = await Promise.all([import('playwright-core'), import('vite')]);
  const server = await createServer({ root, logLevel: 'error', server: { port: 0, host: '127.0.0.1' } });
  try {
    await server.listen();
    const browser = await chromium.launch({ executablePath, args: browserFlags });
    try {
      const page = await browser.newPage();
      await page.goto(new URL('bench/page/', server.resolvedUrls!.local[0]).href);
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
    only: { type: 'string', default: 'null,adapter,browser' },
    out: { type: 'string', default: join(root, 'runs/bench') },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(help);
  process.exit(0);
}
const wanted = values.only.split(',');
const tasks: Record<string, () => Promise<Report>> = {
  null: () => inNode('null'),
  adapter: () => inNode('adapter'),
  browser: inBrowser,
};
const unknown = wanted.find((name) => !(name in tasks));
if (unknown !== undefined) {
  console.error(`There is nothing called ${unknown} to measure.\n\n${help}`);
  process.exit(1);
}
const reports: Report[] = [];
const missing: { what: string; why: string }[] = [
  { what: 'onnxruntime-web', why: 'the network is not exported to its format' },
];
for (const name of wanted) {
  console.log(`measuring: ${name}`);
  try {
    reports.push(await tasks[name]());
  } catch (error) {
    missing.push({ what: name, why: error instanceof Error ? error.message : String(error) });
  }
}
const bench: Bench = {
  at: new Date().toISOString(),
  machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores`,
  reports,
  missing,
};
await mkdir(values.out, { recursive: true });
await writeFile(join(values.out, 'bench.json'), `${JSON.stringify(bench, null, 2)}\n`);
await writeFile(join(values.out, 'index.html'), pageOf(bench));
console.log(`${summaryOf(bench)}\n${join(values.out, 'index.html')}`);
process.exit(reports.length ? 0 : 1);
