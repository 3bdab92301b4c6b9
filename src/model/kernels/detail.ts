/** The two ends of the detail head: what it sees is laid out pixel by pixel, and what it says is added to the clips. */
import { seenChannels } from '../config';
import { call, change, declare, read, type Kernel } from './kernel';
import type { Epilogue, Load } from './matmul';

/** The caption's own vector, (B, 1, D): the output at the <start> token. words: of a prompt, as (B, L, D) lie in memory */
export const captions = (words: number): Load => ({
  binding: read('text'),
  code: `fn load(z: u32, row: u32, k: u32) -> vec4f { return text[z * ${words}u * K + k]; }`,
});

/**
 * seen: (B, F, H, W, 8), of clips: (B, 4, F, H, W) and clip: (3, F, H, W), with its levels behind it where they differ, as `seenOf` in
 * ../detail.ts says it. pixels: of a clip. A thread is a pixel.
 */
export function seen(label: string, pixels: number): Kernel {
  const bindings = [read('clips', 'array<f32>'), read('clip', 'array<f32>'), change('seen'), call];
  const code = `
${declare(bindings)}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= ${pixels}u) { return; }
  var t = call.level;
  if (call.levels > 1u) { t = clip[${3 * pixels}u + id.x]; }
  let at = id.z * ${4 * pixels}u + id.x;
  let guess = vec3f(clips[at], clips[at + ${pixels}u], clips[at + ${2 * pixels}u]);
  let x = vec3f(clip[id.x], clip[${pixels}u + id.x], clip[${2 * pixels}u + id.x]);
  let pixel = (id.z * ${pixels}u + id.x) * ${seenChannels / 4}u;
  seen[pixel] = vec4f(guess, clips[at + ${3 * pixels}u] / 5.0);
  seen[pixel + 1u] = vec4f((x - t * guess) / (2.1 - 2.0 * t), 2.0 * t - 1.0);
}`;
  return { label, code, bindings, workgroups: ({ batch }) => [Math.ceil(pixels / 64), 1, batch] };
}

/** clips += x W + bias: (B, 4, F, H, W), of products (B, F H W, 4). */
export const addedToClips: Epilogue = {
  bindings: [change('clips', 'array<f32>'), read('bias')],
  code: `fn store(z: u32, row: u32, column: u32, value: vec4f) {
  let change = value + bias[column];
  for (var c = 0u; c < 4u; c++) { clips[(z * 4u + c) * rowCount() + row] += change[c]; }
}`,
};
