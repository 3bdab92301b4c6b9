/**
 * tfjs, started on what backend.ts chose, and the network in its operations. Loaded by import() alone: on WebGPU the static
 * graph does without, and some 120 kB (gzipped) would keep a page from its model.
 *
 * It is the only place that registers or sets a tfjs backend, because that has traps (tfjs 4.22): the package's own WebGPU
 * factory throws on a machine without an adapter, `findBackend` starts it, and after a failed `setBackend` any tf operation
 * restarts the failed one. So `setBackend` is only called with what already exists, and nobody calls tf before one of these
 * resolves.
 */
import { env, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';

export { Transformer } from '../model/transformer';

env().set('PROD', true); // no advice on the console to install a native module

let startedOn: GPUDevice | undefined;

/** On this very device. Asked again it changes nothing: whoever has tensors there keeps them. */
export async function startOnDevice(device: GPUDevice, info: GPUAdapterInfo): Promise<void> {
  if (startedOn === device) return;
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  removeBackend('webgpu');
  registerBackend('webgpu', () => new WebGPUBackend(device, info));
  env().set('WEBGPU_CPU_FORWARD', false); // small tensors take the same way as large ones
  await settle('webgpu');
  startedOn = device;
}

/** folder: see `BackendOptions.wasmFolder`. */
export async function startWasm(folder: string): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  await import('./wasm-kernels');
  try {
    // From a disk, too: the page that is one file answers for it, and what tfjs compiled in would not ask.
    setWasmPaths(folder, folder.startsWith('file:'));
  } catch {
    // It was started before, in the same worker: it keeps its folder.
  }
  // The threaded build needs headers that an ordinary web host cannot set, and is not shipped.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await settle('wasm');
}

export async function startCpu(): Promise<void> {
  await import('@tensorflow/tfjs-backend-cpu');
  await settle('cpu');
}

/** `setBackend`, but a failure always throws and leaves nothing behind that a later call could stumble over. */
async function settle(name: string): Promise<void> {
  let problem: unknown = new Error('it did not start');
  try {
    if (await setBackend(name)) return;
  } catch (error) {
    problem = error;
  }
  removeBackend(name);
  throw problem;
}
