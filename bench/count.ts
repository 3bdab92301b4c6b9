/**
 * Counts what a page asks of WebGPU: dispatches, submits, read-backs, bytes of buffers that live. Wraps the prototypes,
 * so that whoever calls is counted alike: our graph, tfjs, anybody.
 */
export interface Counts {
  dispatches: number;
  submits: number;
  readBacks: number;
}

export interface Counter {
  /** Since the last `reset`. */
  readonly counts: Counts;
  /** When the last submit returned, and the last read-back resolved: performance.now(). */
  readonly submitted: number;
  readonly mapped: number;
  /** Bytes of all buffers that live now. */
  readonly bytes: number;
  reset(): void;
}

type Methods = Record<string, (...parameters: never[]) => unknown>;

/** Replaces a method, for good. `around` is given the call of the original. */
function wrap(
  prototype: object,
  name: string,
  around: (original: () => unknown, self: object, parameters: readonly unknown[]) => unknown,
): void {
  const methods = prototype as Methods;
  const original = methods[name];
  methods[name] = function (this: object, ...parameters: never[]) {
    return around(() => original.apply(this, parameters), this, parameters);
  };
}

/** Call once, before any device works. */
export function countWebGPU(): Counter {
  const counts: Counts = { dispatches: 0, submits: 0, readBacks: 0 };
  const living = new Map<object, number>();
  const state = { submitted: 0, mapped: 0, bytes: 0 };
  const reset = () => Object.assign(counts, { dispatches: 0, submits: 0, readBacks: 0 });
  wrap(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', (original) => {
    counts.dispatches += 1;
    return original();
  });
  wrap(GPUQueue.prototype, 'submit', (original) => {
    counts.submits += 1;
    original();
    state.submitted = performance.now();
  });
  wrap(GPUBuffer.prototype, 'mapAsync', async (original) => {
    counts.readBacks += 1;
    await original();
    state.mapped = performance.now();
  });
  wrap(GPUDevice.prototype, 'createBuffer', (original, _, [descriptor]) => {
    const buffer = original() as object;
    const { size } = descriptor as GPUBufferDescriptor;
    living.set(buffer, size);
    state.bytes += size;
    return buffer;
  });
  wrap(GPUBuffer.prototype, 'destroy', (original, self) => {
    state.bytes -= living.get(self) ?? 0;
    living.delete(self);
    return original();
  });
  return {
    counts,
    get submitted() {
      return state.submitted;
    },
    get mapped() {
      return state.mapped;
    },
    get bytes() {
      return state.bytes;
    },
    reset,
  };
}
