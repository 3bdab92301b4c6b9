/**
 * The one test command: types, lint, format, rules of the rooms, tests in Node, tests in a real Chromium. With `quick`, what an
 * engineer runs every minute: no browser, no test in Node that takes long, and as many stages side by side as there are cores.
 * Every stage runs, even after another failed. The last line counts them all: `N passed, N failed[, N skipped]`.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser, howToInstall } from './browser.mjs';

const quick = process.argv[2] === 'quick';
const total = { passed: 0, failed: 0, skipped: 0 };
const folder = mkdtempSync(join(tmpdir(), 'snowglobe-test-'));
const modules = 'node_modules';

/** A stage's own output: as it comes where stages follow one another, at its end where several run side by side. */
class Output {
  text = '';

  constructor(name) {
    this.say(`\n== ${name}`);
  }

  say(line) {
    if (quick) this.text += `${line}\n`;
    else console.log(line);
  }

  /** Whether a program ends well. */
  run(program, args, env = {}) {
    return new Promise((resolve) => {
      const options = { stdio: quick ? 'pipe' : 'inherit', env: { ...process.env, ...env } };
      const child = spawn(process.execPath, [program, ...args], options);
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (this.text += data));
      child.on('close', (code) => resolve(code === 0));
    });
  }
}

/** A stage that is one check: it holds or it does not. */
async function check(name, steps) {
  const output = new Output(name);
  let good = true;
  for (const [program, ...args] of steps) good = (await output.run(program, args)) && good;
  total[good ? 'passed' : 'failed'] += 1;
  output.say(good ? `${name}: good` : `${name}: FAILED`);
  return output.text;
}

/** A vitest project: its own report says how many tests ran. */
async function tests(name, project, env = {}) {
  const output = new Output(name);
  const report = join(folder, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const good = await output.run(`${modules}/vitest/vitest.mjs`, ['run', '--project', project, ...reporters], env);
  const before = total.failed;
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    total.passed += result.numPassedTests;
    total.failed += result.numFailedTests;
    total.skipped += result.numPendingTests + result.numTodoTests;
    // A file that fails before its first test has no test to count.
    total.failed += result.testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.length,
    ).length;
  } catch (error) {
    output.say(`No report from the ${project} tests: ${error.message}`);
  }
  if (!good && total.failed === before) total.failed += 1; // an error outside any test
  return output.text;
}

/** Tests in a browser, where there is one. */
async function browserTests() {
  const name = 'tests in Chromium';
  const browser = findBrowser();
  if (browser) return tests(`${name}: ${browser}`, 'browser', { CHROME_BIN: browser });
  console.error(`\n== ${name}\n${howToInstall}`);
  total.failed += 1;
}

const configs = ['tsconfig.json', 'tsconfig.node.json', 'tsconfig.pure.json'];
// Quick ones remember what has not changed since; both are as strict with it as without.
const remembered = (config) => (quick ? ['--incremental', '--tsBuildInfoFile', `.cache/${config}.tsbuildinfo`] : []);
const types = configs.map((config) => [`${modules}/typescript/bin/tsc`, '-p', config, ...remembered(config)]);
const format = ['--check', '.', ...(quick ? ['--cache', '--cache-location', '.cache/prettier'] : [])];
const stages = [
  () => tests('rooms and unit tests in Node', 'node', quick ? { QUICK: '1' } : {}), // vite.config.ts leaves out what is slow
  () => check('types', types),
  () => check('lint', [[`${modules}/eslint/bin/eslint.js`, '.']]),
  () => check('format', [[`${modules}/prettier/bin/prettier.cjs`, ...format]]),
  () => check('rooms', [['scripts/rooms.mjs']]),
];
if (!quick) stages.push(stages.shift(), browserTests); // what is soon known comes first

async function work() {
  for (let stage = stages.shift(); stage; stage = stages.shift()) process.stdout.write((await stage()) ?? '');
}
await Promise.all(Array.from({ length: quick ? Math.max(1, availableParallelism()) : 1 }, work));

rmSync(folder, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed ? 1 : 0;
