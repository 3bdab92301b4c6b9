/** The network that the page ships, in Node, and the six example films: what the race and the breaks are measured with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openModel } from '../../cli/model';
import { markOf } from '../../src/lab/judge';
import type { Mark } from '../../src/lab/race';
import { completed, type Settings } from '../../src/settings/settings';
import { TransformerDenoiser } from '../../src/model/denoiser';
import { readClip } from '../../src/reading';
import { decode } from '../../src/recording/file';
import { replay } from '../../src/recording/recording';
import { run } from '../../src/sampling/run';
import type { ClipShape } from '../../src/sampling/types';
import { tokenize } from '../../src/world/prompt';

const root = join(import.meta.dirname, '../..');
const recordings = join(root, 'public/recordings');
const index = JSON.parse(readFileSync(join(recordings, 'index.json'), 'utf8')) as { file: string; prompt: string }[];

export interface Shown {
  readonly clip: Float32Array;
  readonly mark: Mark;
}

export interface Example extends Shown {
  readonly prompt: string;
  readonly settings: Settings;
}

export const examples: readonly string[] = index.map(({ prompt }) => prompt);

/** The recorded run that the page plays for it. */
export async function example(prompt: string): Promise<Example> {
  const recording = await decode(readFileSync(join(recordings, index.find((each) => each.prompt === prompt)!.file)));
  let clip = new Float32Array();
  for await (const { guess } of replay(recording)) clip = guess.slice();
  return {
    prompt,
    settings: completed(recording.settings),
    clip,
    mark: markOf(readClip(clip, recording.shape), prompt),
  };
}

export interface Network {
  readonly shape: ClipShape;
  film(prompt: string, settings: Settings): Promise<Shown>;
}

export async function openShipped(): Promise<Network> {
  const onFault = (error: Error) => {
    throw error;
  };
  const { model, words } = await openModel(join(root, 'models/mini'), 'wasm', onFault);
  const denoiser = (prompt: string) =>
    new TransformerDenoiser(model, tokenize(prompt, model.config.text_length, words).tokens);
  const { frames, height, width } = denoiser('').shape;
  const shape = { frames, height, width };
  return {
    shape,
    async film(prompt, settings) {
      let clip = new Float32Array();
      for await (const { guess } of run(denoiser(prompt), settings)) clip = guess.slice();
      return { clip, mark: markOf(readClip(clip, shape), prompt) };
    },
  };
}
