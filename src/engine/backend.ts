/**
 * Chooses where the model runs: WebGPU, else WebAssembly, else plain JavaScript. Works in a worker, a page and Node.
 *
 * What it is not: it loads no model, and on WebGPU no tfjs: the device is made here, and the static graph needs nothing else
 * (tfjs and its WebGPU backend are more than the rest of the engine). Who wants tfjs's operations there asks for them with
 * `startTfjs`; tfjs.ts has it.
 */
import { EngineError, noMemory } from './errors';
import { extraFeatures } from '../model/kernels/kernel';
import type { MemoryNeed } from '../model/memory';
import { backendOrder, type BackendName, type WhyNot } from './protocol';

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
  /** WebGPU only: the device of the static graph, and of tfjs's operations where they are asked for. */
  readonly device?: GPUDevice;
  /** WebGPU only: which one it is, and whether it is a program that plays a graphics processor. */
  readonly adapter?: { readonly name: string; readonly emulated: boolean };
  /**
   * To be awaited before the first of tfjs's operations. By WebAssembly and in JavaScript they run already; on WebGPU this
   * loads them, and throws an EngineError of name GraphError where that fails.
   */
  readonly startTfjs: () => Promise<void>;
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
  const missed = options.because ? [options.because] : [];
  const whyNot: WhyNot[] = options.because ? ['broke'] : [];
  for (const backend of backendOrder.slice(backendOrder.indexOf(options.preferred ?? 'webgpu'))) {
    try {
      const started = await start[backend](options, missed);
      return { backend, ...started, ...(whyNot.length > 0 && { whyNot }) };
    } catch (error) {
      whyNot.push(error instanceof Unavailable ? error.code : 'failed');
      missed.push(error instanceof Unavailable ? error.message : `${backend} failed (${errorText(error)})`);
    }
  }
  // Plain JavaScript asks nothing of a browser: where even that does not start, its script has not come.
  throw new EngineError(
    'ScriptError',
    `the model cannot run here, because ${missed.join(', and ')}`,
    'check the connection, then reload the page',
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
    // SwiftShader needs 16 s for a call of nano where WebAssembly needs 0.1 s (measured on one core of a small machine).
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
    // Nobody else looks at either, and a failed GPU operation does not throw: it leaves old numbers where the result should be.
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
    const name =
      info.description || [info.vendor, info.architecture].filter(Boolean).join(' ') || 'the graphics processor';
    const emulated = isEmulated(info);
    return {
      reason: `WebGPU on ${name}${emulated ? ', a program that plays a graphics processor, as asked for' : ''}.`,
      device,
      adapter: { name: [info.vendor, info.architecture, info.device, info.description].join(' ').trim(), emulated },
      async startTfjs() {
        try {
          await (await import('./tfjs')).startOnDevice(device, info);
        } catch (error) {
          const cause = `tfjs, which computes operation by operation, did not start (${errorText(error)})`;
          throw new EngineError('GraphError', cause, reloadOrSlower);
        }
      },
    };
  },

  async wasm({ wasmFolder }, missed) {
    if (typeof WebAssembly === 'undefined') throw new Unavailable('this browser does not offer WebAssembly');
    await (await import('./tfjs')).startWasm(wasmFolder);
    return { reason: reasonFor('WebAssembly on the processor', missed), startTfjs: async () => {} };
  },

  async cpu(_, missed) {
    await (await import('./tfjs')).startCpu();
    const reason = reasonFor('Plain JavaScript on the processor, which is slow', missed);
    return { reason, startTfjs: async () => {} };
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

/**
 * Waits until the loss of the device is known, if it is lost. What fails on a device that was just lost may be heard before
 * the loss itself, under a name that says less. milliseconds: after which it is taken to be there.
 */
export async function knownLoss({ device }: Partial<ChosenBackend>, milliseconds = 300): Promise<void> {
  if (!device) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const there = new Promise<void>((resolve) => void (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([device.lost, there]);
  clearTimeout(timer);
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

function reasonFor(what: string, missed: readonly string[]): string {
  return missed.length ? `${what}, because ${missed.join(', and ')}.` : `${what}, as asked for.`;
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String((error as { message?: unknown })?.message ?? error);
}
