/**
 * The one test command: types, lint, format, rules of the rooms, tests in Node, tests in a real Chromium. With `quick`, what an
 * engineer runs every minute: no browser, no test in Node that takes long.
 * Stages run side by side, since none of them keeps all cores busy, and each one's output is printed whole at its end. Every
 * stage runs, even after another failed. The last line counts them all: `N passed, N failed[, N skipped]`.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser, howToInstall } from './browser.mjs';

const quick = process.argv[2] === 'quick';
const total = { passed: 0, failed: 0, skipped: 0 };
const folder = mkdtempSync(join(tmpdir(), 'snowglobe-test-'));
const modules = 'node_modules';

/** What a stage says, kept until its end. */
class Output {
  text = '';

  constructor(name) {
    console.log(`begins: ${name}`);
    this.say(`\n== ${name}`);
  }

  say(line) {
    this.text += `${line}\n`;
  }

  /** Whether a program ends well. */
  run(program, args, env = {}) {
    return new Promise((resolve) => {
      const options = { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } };
      const child = spawn(process.execPath, [program, ...args], options);
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (this.text += data));
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
  const report = join(folder, `${project.replace('*', 'all')}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const good = await output.run(`${modules}/vitest/vitest.mjs`, ['run', '--project', project, ...reporters], env);
  let failed = 0;
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    total.passed += result.numPassedTests;
    total.skipped += result.numPendingTests + result.numTodoTests;
    // A file that fails before its first test has no test to count.
    const empty = result.testResults.filter(({ status, assertionResults: of }) => status === 'failed' && !of.length);
    failed = result.numFailedTests + empty.length;
  } catch (error) {
    output.say(`No report from the ${project} tests: ${error.message}`);
  }
  total.failed += failed || Number(!good); // not good, and no test failed: an error outside any test
  return output.text;
}

/** Tests in a browser, where there is one. */
async function browserTests() {
  const name = 'tests in Chromium';
  const browser = findBrowser();
  if (browser) return tests(`${name}: ${browser}`, 'browser', { CHROME_BIN: browser });
  total.failed += 1;
  return `\n== ${name}\n${howToInstall}\n`;
}

const configs = ['tsconfig.json', 'tsconfig.node.json', 'tsconfig.pure.json'];
const types = configs.map((config) => [`${modules}/typescript7/bin/tsc`, '-p', config]);
// Remembers which files were as they should be; just as strict with it as without.
const format = ['--check', '.', ...(quick ? ['--cache', '--cache-location', '.cache/prettier'] : [])];
const stages = [
  () => tests('rooms and unit tests in Node', quick ? 'node-quick' : 'node-*'), // vite.config.ts says which are slow
  () => check('types', types),
  () => check('lint', [[`${modules}/eslint/bin/eslint.js`, '.']]),
  () => check('format', [[`${modules}/prettier/bin/prettier.cjs`, ...format]]),
  () => check('rooms', [['scripts/rooms.mjs']]),
];
// Tests in Node are the longest: they begin first, and everything else runs beside them, what is soon known first.
if (!quick) stages.push(browserTests);

async function work() {
  for (let stage = stages.shift(); stage; stage = stages.shift()) process.stdout.write((await stage()) ?? '');
}
await Promise.all(Array.from({ length: 2 }, work));

rmSync(folder, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed ? 1 : 0;
