/**
 * npm run time:fallback: how long a step takes without a graphics processor, on one core by WebAssembly, for `nano`.
 * Medians, because a machine that does something else now and then is the usual one.
 */
import { cpus } from 'node:os';
import { env } from '@tensorflow/tfjs-core';
import { TransformerDenoiser } from '../src/model/denoiser';
import { run } from '../src/sampling/run';
import type { RunSettings } from '../src/sampling/types';
import { tokenize } from '../src/world/prompt';
import { openModel } from './model';

const steps = 12;
const { name, model, reason } = await openModel('models/nano', 'wasm', (error) => {
  throw error;
});
console.log(`${name}, ${reason} SIMD: ${await env().getAsync('WASM_HAS_SIMD_SUPPORT')}; ${cpus()[0].model}`);
const { tokens } = tokenize('a small red ball bouncing at night', model.config.text_length);
const settings = (sampler: RunSettings['sampler'], scale: number): RunSettings => ({
  seed: 7,
  steps,
  sampler,
  guidance: { scale, from: 0, to: 1 },
});
for (const [title, what] of [
  ['as the page opens: multistep, guided, 2 rows', settings('multistep', 2)],
  ['unguided, 1 row', settings('multistep', 1)],
  ['heun, guided, 4 rows', settings('heun', 2)],
] as const) {
  const denoiser = new TransformerDenoiser(model, tokens);
  const times: number[] = [];
  for await (const { milliseconds, index } of run(denoiser, what)) if (index > 0) times.push(milliseconds);
  denoiser.dispose();
  times.sort((a, b) => a - b);
  const [low, middle, high] = [0, times.length >> 1, times.length - 1].map((i) => times[i].toFixed(0));
  console.log(`${title}: ${middle} ms a step (${low} to ${high})`);
}
