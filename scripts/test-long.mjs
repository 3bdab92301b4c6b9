/** `npm run test:long`: the tests in Node that the one test command leaves out, because they take minutes: files (vite.config.ts), and tests that ask for LONG. */
import { spawnSync } from 'node:child_process';

const files = [
  'tests/lab/breaks',
  'tests/lessons/story',
  'tests/page/unbreakable',
  'tests/page/single',
  'tests/page/injection',
  'tests/views/story-walk',
  'tests/scripts/kit-opened',
  'tests/examples/sample',
  'tests/examples/package',
];
const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'node-slow', ...files];
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, LONG: '1' } });
process.exitCode = status ?? 1;
