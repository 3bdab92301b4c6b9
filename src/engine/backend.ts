/**
 * Chooses where the model runs: WebGPU, else WebAssembly, else plain JavaScript. Works in a worker, a page and Node.
 *
 * What it is not: it loads no model. It is the only place that registers or sets a tfjs backend, because that has
 * traps (tfjs 4.22): the package's own WebGPU factory throws on a machine without an adapter, and after a failed
 * `setBackend` any tf operation restarts the failed one. So the device is made here, first; `setBackend` is only called
 * with what already exists; and nobody calls tf before `selectBackend` resolves.
 */
import { env, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { EngineError, noMemory } from './errors';
import { extraFeatures } from '../model/kernels/kernel';
import type { MemoryNeed } from '../model/memory';
import { ladder, type BackendName, type WhyNot } from './protocol';

export interface BackendOptions {
  /** The best backend to try; the slower ones remain as a fallback. Naming webgpu takes even an emulated adapter. */
  readonly preferred?: BackendName;
  /** Why no better one is tried, as the rest of a sentence that begins with "because"; none where somebody asked for it. */
  readonly because?: string;
  /** Folder of the wasm files, with a slash at its end: an address, or a path in Node. */
  readonly wasmFolder: string;
  /** Told when the GPU is lost or reports an error that no call has thrown: no number from it can be believed after. */
  readonly onFault: (error: EngineError) => void;
}

export interface ChosenBackend {
  readonly backend: BackendName;
  /** Each better one that was missed, best first. */
  readonly whyNot?: readonly WhyNot[];
  /** Why this one: one plain sentence. */
  readonly reason: string;
  /** WebGPU only: the device that tfjs and the static graph share. */
  readonly device?: GPUDevice;
  /** WebGPU only: which one it is, and whether it is a program that plays a graphics processor. */
  readonly adapter?: { readonly name: string; readonly emulated: boolean };
}

/** Why a backend cannot be had, as the rest of a sentence that begins with "because". */
class Unavailable extends Error {
  constructor(
    message: string,
    readonly code: WhyNot = 'failed',
  ) {
    super(message);
  }
}

export async function selectBackend(options: BackendOptions): Promise<ChosenBackend> {
  env().set('PROD', true); // no advice on the console to install a native module
  const missed = options.because ? [options.because] : [];
  const whyNot: WhyNot[] = options.because ? ['broke'] : [];
  for (const backend of ladder.slice(ladder.indexOf(options.preferred ?? 'webgpu'))) {
    try {
      const started = await start[backend](options, missed);
      return { backend, ...started, ...(whyNot.length > 0 && { whyNot }) };
    } catch (error) {
      whyNot.push(error instanceof Unavailable ? error.code : 'failed');
      missed.push(error instanceof Unavailable ? error.message : `${backend} failed (${errorText(error)})`);
    }
  }
  throw new EngineError(
    'NoBackendError',
    `the model cannot run here, because ${missed.join(', and ')}`,
    'try a current version of Chrome, Edge, Firefox or Safari',
  );
}

type Start = (options: BackendOptions, missed: readonly string[]) => Promise<Omit<ChosenBackend, 'backend'>>;

const start: Readonly<Record<BackendName, Start>> = {
  async webgpu({ preferred, onFault }) {
    const gpu = (globalThis.navigator as Navigator | undefined)?.gpu;
    if (!gpu) throw new Unavailable('this browser does not offer WebGPU', 'noWebGpu');
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) throw new Unavailable('this browser found no graphics processor for WebGPU', 'noAdapter');
    const { info, limits } = adapter;
    // SwiftShader needs 16 s for a row of nano where WebAssembly needs 0.1 s (measured on one core of a small machine).
    if (isEmulated(info) && preferred !== 'webgpu') {
      throw new Unavailable(
        'the only graphics processor here is a program that plays one, which is slower',
        'emulated',
      );
    }
    const device = await adapter.requestDevice({
      requiredFeatures: extraFeatures.filter((name) => adapter.features.has(name)),
      requiredLimits: {
        maxBufferSize: limits.maxBufferSize,
        maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
        maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
        maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
        maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
        maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
      },
    });
    // tfjs looks at neither, and a failed GPU operation does not throw: it leaves old numbers where the result should be.
    device.addEventListener('uncapturederror', ({ error }) => {
      onFault(
        'GPUOutOfMemoryError' in globalThis && error instanceof GPUOutOfMemoryError
          ? noMemory('the graphics processor has no memory left')
          : new EngineError('GpuError', `the graphics processor reported an error: ${error.message}`, reloadOrSlower),
      );
    });
    void device.lost.then(({ message }) => {
      onFault(
        new EngineError(
          'DeviceLostError',
          `the graphics processor was lost (${message || 'no reason given'})`,
          reloadOrSlower,
        ),
      );
    });
    if (/firefox/i.test(globalThis.navigator.userAgent)) hurryReadBacks(device);
    const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
    removeBackend('webgpu');
    registerBackend('webgpu', () => new WebGPUBackend(device, info));
    env().set('WEBGPU_CPU_FORWARD', false); // small tensors take the same way as large ones
    await setBackend('webgpu');
    const name =
      info.description || [info.vendor, info.architecture].filter(Boolean).join(' ') || 'the graphics processor';
    const emulated = isEmulated(info);
    return {
      reason: `WebGPU on ${name}${emulated ? ', a program that plays a graphics processor, as asked for' : ''}.`,
      device,
      adapter: { name: [info.vendor, info.architecture, info.device, info.description].join(' ').trim(), emulated },
    };
  },

  async wasm({ wasmFolder }, missed) {
    if (typeof WebAssembly === 'undefined') throw new Unavailable('this browser does not offer WebAssembly');
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    await import('./wasm-kernels');
    try {
      setWasmPaths(wasmFolder);
    } catch {
      // It was started before, in the same worker: it keeps its folder.
    }
    // The threaded build needs headers that an ordinary web host cannot set, and is not shipped.
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    await settle('wasm');
    return { reason: reasonFor('WebAssembly on the processor', missed) };
  },

  async cpu(_, missed) {
    await import('@tensorflow/tfjs-backend-cpu');
    await settle('cpu');
    return { reason: reasonFor('Plain JavaScript on the processor, which is slow', missed) };
  },
};

const reloadOrSlower =
  'load the model again; if it happens again, close other pages that draw a lot, or try another browser';

/**
 * Firefox looks only every 100 ms whether a read-back is done (Mozilla bug 1870699), but also whenever something is
 * submitted: while one is pending, an empty submit every millisecond. To be deleted once that bug is fixed.
 */
export function hurryReadBacks(device: Pick<GPUDevice, 'queue'>): void {
  const buffers = GPUBuffer.prototype;
  const { mapAsync } = buffers;
  buffers.mapAsync = async function (this: GPUBuffer, ...given: Parameters<typeof mapAsync>) {
    const nudge = setInterval(() => device.queue.submit([]), 1);
    await mapAsync.apply(this, given).finally(() => clearInterval(nudge));
  } as typeof mapAsync;
}

/** Throws where a model will not fit. What a graphics processor has in all nobody tells; the machine's memory some browsers do. */
export function checkMemory(model: string, { bytes, largest }: MemoryNeed, { device }: Partial<ChosenBackend>): void {
  const { deviceMemory } = (globalThis.navigator ?? {}) as { deviceMemory?: number }; // GiB, at most 8; Chromium only
  const limits = device ? Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize) : Infinity;
  const share = deviceMemory === undefined ? Infinity : (deviceMemory * 2 ** 30) / 4; // the page is not alone
  const megabytes = (count: number) => `${Math.ceil(count / 1e6)} MB`;
  if (largest > limits)
    throw noMemory(
      `${model} needs ${megabytes(largest)} in one piece, and the graphics processor gives ${megabytes(limits)}`,
    );
  if (bytes > share) throw noMemory(`${model} needs ${megabytes(bytes)} of memory, which this machine has not free`);
}

/** A software adapter: the processor computes, with the detour over being a graphics processor. */
function isEmulated(info: GPUAdapterInfo & { readonly isFallbackAdapter?: boolean }): boolean {
  return (
    Boolean(info.isFallbackAdapter) ||
    /swiftshader|llvmpipe|lavapipe|basic render/i.test(`${info.architecture} ${info.description}`)
  );
}

/** `setBackend`, but a failure always throws and leaves nothing behind that a later call could stumble over. */
async function settle(name: BackendName): Promise<void> {
  let problem = 'it did not start';
  try {
    if (await setBackend(name)) return;
  } catch (error) {
    problem = errorText(error);
  }
  removeBackend(name);
  throw new Unavailable(`${name} failed (${problem})`);
}

function reasonFor(what: string, missed: readonly string[]): string {
  return missed.length ? `${what}, because ${missed.join(', and ')}.` : `${what}, as asked for.`;
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String((error as { message?: unknown })?.message ?? error);
}
