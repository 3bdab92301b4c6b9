/** The real network, sampled in Node: twelve steps from noise to a film, and what a machine then sees in it. */
import { openModel } from '../cli/model';
import { TransformerDenoiser } from '../src/model/denoiser';
import { readClip } from '../src/reading';
import { defaults, run } from '../src/sampling';
import { tokenize } from '../src/world';

const { model, words } = await openModel('models/mini', 'wasm', (error) => console.error(error));
const { tokens } = tokenize('a big pink heart growing in the meadow', model.config.text_length, words);
const denoiser = new TransformerDenoiser(model, tokens);
for await (const { index, steps, t, guess } of run(denoiser, { ...defaults, seed: 401, steps: 12 })) {
  const [seen] = readClip(guess, denoiser.shape).objects;
  console.log(
    `step ${index + 1} of ${steps}, t ${t.toFixed(2)}: ${seen ? `${seen.colour} ${seen.thing}` : 'nothing yet'}`,
  );
}
