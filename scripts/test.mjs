/**
 * The one test command: types, lint, format, rules of the rooms, tests in Node, tests in a real Chromium. With `quick`, what an
 * engineer runs every minute: no browser, and no test in Node that takes long.
 * Every stage runs, even after another failed. The last line counts them all: `N passed, N failed[, N skipped]`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser, howToInstall } from './browser.mjs';

const quick = process.argv[2] === 'quick';
const total = { passed: 0, failed: 0, skipped: 0 };
const folder = mkdtempSync(join(tmpdir(), 'snowglobe-test-'));

function heading(name) {
  console.log(`\n== ${name}`);
}

function run(program, args, env = {}) {
  return (
    spawnSync(process.execPath, [program, ...args], { stdio: 'inherit', env: { ...process.env, ...env } }).status === 0
  );
}

/** A stage that is one check: it holds or it does not. */
function check(name, steps) {
  heading(name);
  const good = steps.map(([program, ...args]) => run(program, args)).every(Boolean);
  total[good ? 'passed' : 'failed'] += 1;
  console.log(good ? `${name}: good` : `${name}: FAILED`);
}

/** A vitest project: its own report says how many tests ran. */
function tests(project, env = {}) {
  const report = join(folder, `${project}.json`);
  const good = run(
    'node_modules/vitest/vitest.mjs',
    ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    env,
  );
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
    console.error(`No report from the ${project} tests: ${error.message}`);
  }
  if (!good && total.failed === before) total.failed += 1; // an error outside any test
}

check(
  'types',
  ['tsconfig.json', 'tsconfig.node.json', 'tsconfig.pure.json'].map((config) => [
    'node_modules/typescript/bin/tsc',
    '-p',
    config,
  ]),
);
check('lint', [['node_modules/eslint/bin/eslint.js', '.']]);
check('format', [['node_modules/prettier/bin/prettier.cjs', '--check', '.']]);
check('rooms', [['scripts/rooms.mjs']]);

heading('rooms and unit tests in Node');
tests('node', quick ? { QUICK: '1' } : {}); // vite.config.ts leaves out what is slow

if (!quick) {
  heading('tests in Chromium');
  const browser = findBrowser();
  if (browser) {
    console.log(`browser: ${browser}`);
    tests('browser', { CHROME_BIN: browser });
  } else {
    console.error(howToInstall);
    total.failed += 1;
  }
}

rmSync(folder, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed ? 1 : 0;
