/**
 * npm run time:fallback: how long a step takes without a graphics processor, by WebAssembly, for `mini` (or the model whose
 * folder stands behind `--`), how long a look inside one, and how long the decoder takes for one frame and for all sixteen. One
 * thread computes; a second core only keeps the page alive beside it.
 *
 * Each step and each drawing is measured by the clock and by the processor's own time. On a quiet machine both agree; where something else
 * runs, the clock moves on without the step, and the processor's time is the one to believe.
 */
import { availableParallelism, cpus } from 'node:os';
import { env, version_core } from '@tensorflow/tfjs-core';
import { decoder as decoderConfig, randomOf } from '../bench/models';
import { Decoder } from '../src/model/decoder';
import { decoderShapes } from '../src/model/decoder-config';
import { TransformerDenoiser } from '../src/model/denoiser';
import { probe } from '../src/model/probe';
import { normals } from '../src/sampling/noise';
import { run } from '../src/sampling/run';
import type { RunSettings } from '../src/sampling/types';
import { tokenize } from '../src/world/prompt';
import { openModel } from './model';

const steps = 12;
const stepBar = 180; // milliseconds
const insideBar = 400; // milliseconds
const drawingBars = [
  [1, 80],
  [16, 800],
] as const; // frames, milliseconds
const { name, model, reason } = await openModel(process.argv[2] ?? 'models/mini', 'wasm', (error) => {
  throw error;
});
const simd = (await env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? 'SIMD' : 'no SIMD';
console.log(`${name}. ${reason} ${simd}, 1 thread, tfjs ${version_core}, Node ${process.versions.node}.`);
console.log(`${cpus()[0].model}, ${cpus().length} cores, ${availableParallelism()} of them for this command.`);
console.log(`Medians of ${steps - 1} (least to most); the first, which starts kernels, is not among them.`);
const { tokens } = tokenize('a small red ball bouncing at night', model.config.text_length);
const settings = (sampler: RunSettings['sampler'], scale: number): RunSettings => ({
  seed: 7,
  steps,
  sampler,
  guidance: { scale, from: 0, to: 1 },
});
const processorTime = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
/** Medians of some times by the clock and by the processor, which the bar is held against. */
function report(title: string, clock: number[], processor: number[], bar?: number): number {
  const of = (times: number[]) => {
    times.sort((a, b) => a - b);
    const [low, middle, high] = [0, times.length >> 1, times.length - 1].map((i) => times[i].toFixed(0));
    return `${middle} ms (${low} to ${high})`;
  };
  console.log(`${title}: ${of(clock)} by the clock, ${of(processor)} of processor time`);
  const [byClock, byProcessor] = [clock, processor].map((times) => times[times.length >> 1]);
  if (bar !== undefined) {
    const verdict =
      byClock <= bar
        ? 'met'
        : byClock > 1.5 * byProcessor && byProcessor <= bar
          ? 'not measurable now, for this machine does other things: run it again on a quiet one'
          : 'missed';
    console.log(`  the bar is ${bar} ms by the clock: ${verdict}`);
  }
  return byProcessor;
}

let guided = 0; // milliseconds of processor time of a guided step
for (const [title, what] of [
  ['as the page opens: multistep, guided, batch 2', settings('multistep', 2)],
  ['unguided, batch 1', settings('multistep', 1)],
  ['heun, guided, two calls of batch 2', settings('heun', 2)],
] as const) {
  const denoiser = new TransformerDenoiser(model, tokens);
  const [clock, processor]: [number[], number[]] = [[], []];
  let before = processorTime();
  for await (const { milliseconds, index } of run(denoiser, what)) {
    const now = processorTime();
    if (index > 0) {
      clock.push(milliseconds);
      processor.push(now - before);
    }
    before = now;
  }
  denoiser.dispose();
  const time = report(`a step, ${title}`, clock, processor, guided ? undefined : stepBar);
  guided ||= time;
}

for (const [title, guesses, bar] of [
  ['the rows of all patches, every block and head', false, insideBar],
  ['the same, and the guess after every block', true, insideBar],
] as const) {
  const [clock, processor]: [number[], number[]] = [[], []];
  const { frames, height, width } = model.config;
  const x = normals(7, 0, 3 * frames * height * width);
  for (let round = 0; round < steps; round++) {
    const [started, before] = [performance.now(), processorTime()];
    const text = model.encodeText([tokens]);
    const input = { x, levels: Float32Array.of(0.3), shape: model.config, guesses };
    for await (const { rows } of probe(model, text, input)) if (!rows.length) throw new Error('no rows');
    text.dispose();
    if (round === 0) continue;
    clock.push(performance.now() - started);
    processor.push(processorTime() - before);
  }
  report(`a look inside, ${title}`, clock, processor, bar);
}

// Any weights take the same time.
const decoder = new Decoder(decoderConfig, randomOf(decoderShapes(decoderConfig)));
const clip = normals(7, 0, 3 * 16 * 32 * 32).map((value) => Math.max(-1, Math.min(1, value)));
for (const [count, bar] of drawingBars) {
  const [clock, processor]: [number[], number[]] = [[], []];
  for (let round = 0; round < steps; round++) {
    const [started, before] = [performance.now(), processorTime()];
    const frames = Array.from({ length: count }, (_, frame) => frame);
    await decoder.draw(clip, { frames: 16, height: 32, width: 32 }, frames, tokens);
    if (round === 0) continue;
    clock.push(performance.now() - started);
    processor.push(processorTime() - before);
  }
  const time = report(`${count} frame(s), 32 x 32 to 128 x 128, by the decoder`, clock, processor, bar);
  console.log(`  ${(time / guided).toFixed(2)} times a guided step, in processor time`);
}
process.exit(0);
