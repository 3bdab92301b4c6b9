/**
 * One report in Node: `tsx bench/node.ts null` on a backend of Dawn (npm package `webgpu`) that computes nothing, to see
 * what JavaScript costs; `adapter` on whatever graphics processor there is; `wasm` on the processor, one thread; `threads`
 * the same with as many as there are cores. A name of models.ts behind it measures that model alone, and --without-ort leaves
 * onnxruntime-web out; --short measures eight rounds. Prints the report as one line of JSON.
 *
 * A process of its own, because a device in Node keeps the process alive, and a broken driver ends it.
 */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { countWebGPU, type Counter } from './count';
import { noAdapter } from './exits';
import { measure, plans, type Kind } from './measure';
import type { ModelName } from './models';
import type { Ort } from './ort';

const what = process.argv[2];
const onProcessor = what === 'wasm' || what === 'threads';
const require = createRequire(import.meta.url);
const versionOf = (name: string) => (require(`${name}/package.json`) as { version: string }).version;

let counter: Counter = countNothing();
if (!onProcessor) {
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  // Held here for the whole process: once it is collected, so is the device.
  const gpu = create(what === 'null' ? ['backend=null'] : []);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu, userAgent: 'node' }, configurable: true });
  counter = countWebGPU();
  takeSharedMemory();
}
const { selectBackend } = await import('../src/engine/backend');
const onFault = (error: Error) => {
  console.error(error.message);
  process.exit(1);
};
const wasmFolder = `${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`;
const chosen = await selectBackend({ preferred: onProcessor ? 'wasm' : 'webgpu', wasmFolder, onFault });
if (onProcessor ? chosen.backend !== 'wasm' : !chosen.adapter) {
  console.error(chosen.reason);
  process.exit(noAdapter);
}
const kind: Kind = onProcessor
  ? 'processor'
  : what === 'null'
    ? 'null'
    : chosen.adapter!.emulated
      ? 'emulated'
      : 'real';
const only = process.argv.slice(3).find((argument) => !argument.startsWith('-')) as ModelName | undefined;
const cases = plans[kind].cases.filter(([name, tokens]) =>
  only ? name === only : what !== 'threads' || tokens === 128,
);
const threads = onProcessor ? (what === 'threads' ? availableParallelism() : 1) : undefined;
// On a device that computes nothing it waits for results that never come.
const ort = kind === 'null' || process.argv.includes('--without-ort') ? undefined : await openOrt();
if (ort) ort.env.wasm.numThreads = threads ?? 1;
const report = await measure(
  chosen,
  { ...plans[kind], cases, ...(process.argv.includes('--short') && { rounds: 8 }) },
  {
    where: `Node ${process.versions.node}`,
    versions: {
      '@tensorflow/tfjs-core': versionOf('@tensorflow/tfjs-core'),
      ...(onProcessor ? {} : { 'webgpu (Dawn)': versionOf('webgpu') }),
      ...(ort ? { 'onnxruntime-web': ort.env.versions.web! } : {}),
    },
    threads,
    counter,
    ort,
    processorTime: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
  },
);
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));

async function openOrt(): Promise<Ort | undefined> {
  try {
    // Its entry for Node knows WebAssembly alone.
    return (await import(`onnxruntime-web${onProcessor ? '' : '/webgpu'}`)) as Ort;
  } catch {
    return undefined;
  }
}

function countNothing(): Counter {
  const counts = { dispatches: 0, submits: 0, readBacks: 0 };
  return { counts, submitted: 0, mapped: 0, bytes: 0, reset: () => undefined };
}

/** onnxruntime-web writes out of shared memory, which browsers take and Dawn for Node does not: it gets a copy. */
function takeSharedMemory(): void {
  const queue = GPUQueue.prototype;
  const { writeBuffer } = queue;
  queue.writeBuffer = function (this: GPUQueue, buffer, at, data, offset, size) {
    if (!ArrayBuffer.isView(data) || data.buffer instanceof ArrayBuffer)
      return writeBuffer.call(this, buffer, at, data as ArrayBufferView<ArrayBuffer>, offset, size);
    const [from, length] = [offset ?? 0, size ?? data.byteLength];
    const copy = new Uint8Array(length);
    copy.set(new Uint8Array(data.buffer, data.byteOffset + from, length));
    return writeBuffer.call(this, buffer, at, copy, 0, length);
  } as typeof writeBuffer;
}
