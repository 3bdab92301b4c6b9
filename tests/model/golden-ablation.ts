/** What a network must guess that does without something, by PyTorch (training/golden_ablation.py); the same on every backend. */
import type { Encoded, Forward } from '../../src/model/forward';
import { readAblation } from '../../src/sampling/ablation';
import type { StoredTensor } from '../../src/model/safetensors';
import { relativeError, tokenRows } from './golden';

type Expected = ReadonlyMap<string, StoredTensor>;

/** Ablations as a link has them; the first is none. */
export const ablationCases = (expected: Expected): string[] =>
  [...expected.keys()].flatMap((name) => (name.startsWith('guess.') ? name.slice('guess.'.length) : []));

/** Those that are off by more than `tolerance`, with their errors. */
export async function ablationErrors<Text extends Encoded>(
  model: Forward<Text>,
  expected: Expected,
  tolerance = 1e-4,
  cases = ablationCases(expected),
): Promise<[string, number][]> {
  const [x, levels] = ['x', 'levels'].map((name) => expected.get(name)!.data);
  const wrong: [string, number][] = [];
  for (const kase of cases) {
    const text = model.encodeText(tokenRows(expected.get('tokens')!), readAblation(kase));
    const guesses = await model.guess(x, levels, text);
    text.dispose();
    const { data, shape } = expected.get(`guess.${kase}`)!;
    const kept = guesses.flatMap((guess) => [...middle(guess, model.config, shape[2])]);
    const error = relativeError(kept, data);
    if (!(error <= tolerance)) wrong.push([kase, error]);
  }
  return wrong;
}

/** The two frames that the golden file has, from the third on: (3, F, H, W) -> (3, 2, H, W). */
function middle(guess: Float32Array, { frames, height, width }: Forward['config'], kept: number): number[] {
  const area = height * width;
  return [0, 1, 2].flatMap((colour) => {
    const start = (colour * frames + 2) * area;
    return [...guess.subarray(start, start + kept * area)];
  });
}
