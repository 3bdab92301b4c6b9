/**
 * What a kernel is here: a WGSL program with every size of the network baked in, the buffers that it binds, and the
 * workgroups that a call needs. What changes from call to call lies in one small uniform (see `Call`).
 *
 * What it is not: it holds no buffer and no device (../graph.ts does), so a test can run any kernel by itself.
 *
 * Within WebGPU's default limits everywhere: 16 KiB of workgroup memory, 256 invocations, 8 storage buffers. Numbers
 * are read and stored in vectors of four, so every last axis is a multiple of four (`checkShape` in ../graph.ts).
 */

/** Bytes of the uniform that holds a `Call`. */
export const callBytes = 4 * 3;

export const packedCall = ({ batch, levels, level = 0 }: Call): Uint32Array<ArrayBuffer> => {
  const words = Uint32Array.of(batch, levels, 0);
  new Float32Array(words.buffer)[2] = level;
  return words;
};

/** A buffer as the program sees it. */
export interface Binding {
  readonly name: string;
  readonly type: string; // in WGSL
  readonly access: Access;
}

export type Access = 'read' | 'change' | 'uniform';

/** What changes from call to call. */
export interface Call {
  /** Batch size, B: conditions evaluated together (prompt, empty prompt), or frames. */
  readonly batch: number;
  /** Noise levels: 1, the same everywhere, or one for each video token. */
  readonly levels: number;
  /** That one noise level, where there is one. */
  readonly level?: number;
}

/** Bytes of the uniform that holds a block's `Limits`. */
export const limitsBytes = 4 * 2;

/** What an ablation leaves of a block's attention, as bits. */
export interface Limits {
  readonly time: boolean; // no patches of other times are read
  readonly space: boolean; // none of other places in the picture
  readonly words: boolean; // no words
  readonly silent: readonly number[]; // heads, 0 .. 31, that count for nothing
}

export const packedLimits = ({ time, space, words, silent }: Limits): Uint32Array<ArrayBuffer> =>
  Uint32Array.of(
    (time ? 1 : 0) | (space ? 2 : 0) | (words ? 4 : 0),
    silent.reduce((bits, head) => bits | (1 << head), 0),
  );

export interface Kernel {
  /** For error messages and the bench. */
  readonly label: string;
  /** WGSL; its entry point is `main`. */
  readonly code: string;
  /** Of group 0, in order. */
  readonly bindings: readonly Binding[];
  readonly workgroups: (call: Call) => readonly [number, number, number];
}

/** What a program uses beyond plain WGSL, where the device has it. */
export interface Extras {
  /** Factors of products are fp16 (WebGPU's "shader-f16"); long sums, norms, softmax and everything in memory stay f32. */
  readonly half: boolean;
  /** Threads that run together add up without workgroup memory. */
  readonly subgroups: boolean;
}

export const noExtras: Extras = { half: false, subgroups: false };

/** To be asked of an adapter that has them, when the device is requested. */
export const extraFeatures: readonly GPUFeatureName[] = ['shader-f16', 'subgroups'];

export const extrasOf = (features: GPUSupportedFeatures): Extras => ({
  half: features.has('shader-f16'),
  subgroups: features.has('subgroups'),
});

export const read = (name: string, type = 'array<vec4f>'): Binding => ({ name, type, access: 'read' });
export const change = (name: string, type = 'array<vec4f>'): Binding => ({ name, type, access: 'change' });
export const call: Binding = { name: 'call', type: 'Call', access: 'uniform' };
export const limits: Binding = { name: 'limits', type: 'vec2u', access: 'uniform' };

const spaces: Readonly<Record<Access, string>> = {
  read: 'storage, read',
  change: 'storage, read_write',
  uniform: 'uniform',
};

/** The declarations of all bindings, and of `Call`, behind those of the extras that the program uses. */
export function declare(bindings: readonly Binding[], { half, subgroups }: Partial<Extras> = {}): string {
  const each = bindings.map(
    ({ name, type, access }, i) => `@group(0) @binding(${i}) var<${spaces[access]}> ${name}: ${type};`,
  );
  const enabled = [...(half ? ['enable f16;'] : []), ...(subgroups ? ['enable subgroups;'] : [])];
  return [...enabled, 'struct Call { batch: u32, levels: u32, level: f32 }', ...each].join('\n');
}

/** Lines 0 .. count - 1: an unrolled loop, so that sums stay in registers on every driver. */
export function unroll(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('\n');
}

/** x / (1 + e^-x), with the exponent held where no driver can overflow. */
export const silu = 'fn silu(x: vec4f) -> vec4f { return x / (1.0 + exp(min(-x, vec4f(80.0)))); }';
