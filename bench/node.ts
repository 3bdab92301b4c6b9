/**
 * One report in Node, on Dawn (npm package `webgpu`): `tsx bench/node.ts null` on its backend that computes nothing, to see
 * what JavaScript costs; `tsx bench/node.ts adapter` on whatever adapter there is. A name of models.ts behind it measures
 * that model alone. Prints the report as one line of JSON.
 *
 * A process of its own, because a device in Node keeps the process alive, and a broken driver ends it.
 */
import { createRequire } from 'node:module';
import { countWebGPU } from './count';
import { measure, plans, type Report } from './measure';
import { models, type ModelName } from './models';

const { create, globals } = await import('webgpu');
Object.assign(globalThis, globals);
const isNull = process.argv[2] === 'null';
// Held here for the whole process: once it is collected, so is the device.
const gpu = create(isNull ? ['backend=null'] : []);
Object.defineProperty(globalThis, 'navigator', { value: { gpu, userAgent: 'node' }, configurable: true });

const counter = countWebGPU();
const { selectBackend } = await import('../src/engine/backend');
const onFault = (error: Error) => {
  console.error(error.message);
  process.exit(1);
};
const chosen = await selectBackend({ preferred: 'webgpu', wasmFolder: '', onFault });
if (!chosen.adapter) {
  console.error(chosen.reason);
  process.exit(1);
}
const kind: Report['kind'] = isNull ? 'null' : chosen.adapter.emulated ? 'emulated' : 'real';
const require = createRequire(import.meta.url);
const versionOf = (name: string) => (require(`${name}/package.json`) as { version: string }).version;
const only = process.argv[3] as ModelName | undefined;
const plan = only && only in models ? { ...plans[kind], models: [only] } : plans[kind];
const processorTime = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const about = {
  where: `Node ${process.versions.node}`,
  versions: { 'webgpu (Dawn)': versionOf('webgpu'), '@tensorflow/tfjs-core': versionOf('@tensorflow/tfjs-core') },
};
const report = await measure(chosen, plan, counter, about, processorTime);
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));
