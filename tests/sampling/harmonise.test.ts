/** Harmonising with what was given: PyTorch's own numbers, once is enough, and what moves stays. */
import { describe, expect, it } from 'vitest';
import { harmonised, sameAs } from '../../src/sampling/harmonise';
import { run } from '../../src/sampling/run';
import type { Denoiser } from '../../src/sampling/types';
import golden from '../golden/harmonise.json';

const [frames, height, width] = golden.shape;
const shape = { frames, height, width };
const plane = height * width;

describe.each(golden.cases)('given $name', ({ name, ...numbers }) => {
  const clip = Float32Array.from(numbers.clip);
  const known = { clip, mask: Uint8Array.from(numbers.mask) };
  const result = harmonised(clip, known, shape);

  it('is what PyTorch makes of it, to the last bit', () => {
    expect(result).toEqual(Float32Array.from(numbers.result));
    const changed = result.filter((value, i) => value !== clip[i]).length;
    if (name === 'none') expect(changed).toBe(0);
    else expect(changed).toBeGreaterThan(10);
  });

  it('twice is what it is once', () => {
    expect(harmonised(result, known, shape)).toEqual(result);
  });

  it('leaves what was given, what differs more, and places of which nothing is given', () => {
    result.forEach((value, i) => {
      const pixel = i % (frames * plane);
      if (known.mask[pixel] || pixel % plane >= 3 * width) expect(value).toBe(clip[i]);
      expect(Math.abs(value - clip[i]) / 2).toBeLessThan(sameAs);
    });
  });
});

it('is how a run ends that keeps pixels, and no other step of it', async () => {
  const guess = new Float32Array(3 * frames * plane).fill(0.1);
  const denoiser: Denoiser = { shape, guess: async (_x, _levels, asked) => asked.map(() => guess.slice()) };
  const mask = new Uint8Array(frames * plane).fill(1, 0, plane);
  const known = { clip: new Float32Array(guess.length).fill(0.2), mask };
  const seen: number[][] = [];
  const settings = { seed: 1, steps: 3, sampler: 'euler', guidance: { scale: 1, from: 0, to: 1 } } as const;
  for await (const step of run(denoiser, settings, { known })) seen.push([step.guess[0], step.guess[plane]]);
  const [of, own] = [0.2, 0.1].map(Math.fround);
  expect(seen).toEqual([[of, own], [of, own], [of, of]]); // prettier-ignore
});
