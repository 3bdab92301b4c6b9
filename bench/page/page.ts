/** One report in the browser: bench/run.ts opens this page and waits for `report` or `problem`. */
import { version_core } from '@tensorflow/tfjs-core';
import { selectBackend } from '../../src/engine/backend';
import { countWebGPU } from '../count';
import { measure, plans, type Report } from '../measure';
import type { Ort } from '../ort';

export interface Answer {
  readonly report?: Report;
  readonly problem?: string;
}

const answer: Promise<Answer> = (async () => {
  const counter = countWebGPU();
  let problem: string | undefined;
  const onFault = (error: Error) => (problem ??= error.message);
  const chosen = await selectBackend({ preferred: 'webgpu', wasmFolder: '/wasm/', onFault });
  if (!chosen.adapter) return { problem: chosen.reason };
  const plan = plans[chosen.adapter.emulated ? 'emulated' : 'real'];
  const where = /(?:Chrome|Firefox|Version)\/[\d.]+/.exec(navigator.userAgent)?.[0] ?? navigator.userAgent;
  const ort = location.hash === '#without-ort' ? undefined : await openOrt();
  const versions = {
    '@tensorflow/tfjs-core': version_core,
    ...(ort ? { 'onnxruntime-web': ort.env.versions.web! } : {}),
  };
  const report = await measure(chosen, plan, { where, versions, counter, ort });
  return problem === undefined ? { report } : { problem };
})().catch((error: unknown) => ({ problem: String(error) }));

/** run.ts serves it there, where it is installed. */
async function openOrt(): Promise<Ort | undefined> {
  const address = `${location.origin}/onnxruntime-web/ort.webgpu.bundle.min.mjs`;
  if (!(await fetch(address, { method: 'HEAD' })).ok) return undefined;
  return (await import(/* @vite-ignore */ address)) as Ort;
}

Object.assign(globalThis, { answer });
