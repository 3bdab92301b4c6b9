/**
 * The kernels and the static graph on the Vulkan of this machine, in Node: a graphics processor, or a program that plays one
 * and can do what Chromium's cannot (Mesa's lavapipe computes in halves). Where there is none, it says so and is content.
 *
 * To choose the driver: VK_ICD_FILENAMES=<its .json> npm run test:vulkan
 */
import { spawnSync } from 'node:child_process';

const probe = `
const { create } = await import('webgpu');
const gpu = create([]);
const adapter = await gpu.requestAdapter();
if (!adapter) process.exit(1);
const has = ['shader-f16', 'subgroups'].filter((name) => adapter.features.has(name));
console.log(adapter.info.description + ' (' + (has.join(', ') || 'neither halves nor subgroups') + ')');
process.exit(0);
`;
const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', probe], { encoding: 'utf8' });
if (status !== 0) {
  console.log('skipped: there is no Vulkan on this machine that Dawn can use');
} else {
  console.log(`Vulkan on ${stdout.trim()}`);
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'vulkan', ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, vitest, { stdio: 'inherit' }).status ?? 1;
}
