/**
 * What a kernel is here: a WGSL program with every size of the network baked in, the buffers that it binds, and the
 * workgroups that a call needs. Only two numbers change from call to call, the rows and the noise levels (see `Call`).
 *
 * What it is not: it holds no buffer and no device (../graph.ts does), so a test can run any kernel by itself.
 *
 * Within WebGPU's default limits everywhere: 16 KiB of workgroup memory, 256 invocations, 8 storage buffers. Numbers
 * are read and stored in vectors of four, so every last axis is a multiple of four (`checkShape` in ../graph.ts).
 */

/** A buffer as the program sees it. */
export interface Binding {
  readonly name: string;
  readonly type: string; // in WGSL
  readonly access: Access;
}

export type Access = 'read' | 'change' | 'uniform';

/** What changes from call to call. */
export interface Call {
  /** Rows evaluated in one batch (prompt, empty prompt). */
  readonly rows: number;
  /** Noise levels: 1, the same everywhere, or one for each video token. */
  readonly levels: number;
}

export interface Kernel {
  /** For error messages and the bench. */
  readonly label: string;
  /** WGSL; its entry point is `main`. */
  readonly code: string;
  /** Of group 0, in order. */
  readonly bindings: readonly Binding[];
  readonly workgroups: (call: Call) => readonly [number, number, number];
}

export const read = (name: string, type = 'array<vec4f>'): Binding => ({ name, type, access: 'read' });
export const change = (name: string, type = 'array<vec4f>'): Binding => ({ name, type, access: 'change' });
export const call: Binding = { name: 'call', type: 'Call', access: 'uniform' };

const spaces: Readonly<Record<Access, string>> = {
  read: 'storage, read',
  change: 'storage, read_write',
  uniform: 'uniform',
};

/** The declarations of all bindings, and of `Call`. */
export function declare(bindings: readonly Binding[]): string {
  const each = bindings.map(
    ({ name, type, access }, i) => `@group(0) @binding(${i}) var<${spaces[access]}> ${name}: ${type};`,
  );
  return ['struct Call { rows: u32, levels: u32 }', ...each].join('\n');
}

/** Lines 0 .. count - 1: an unrolled loop, so that sums stay in registers on every driver. */
export function unroll(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('\n');
}

/** x / (1 + e^-x), with the exponent held where no driver can overflow. */
export const silu = 'fn silu(x: vec4f) -> vec4f { return x / (1.0 + exp(min(-x, vec4f(80.0)))); }';
