/** The network's last line by itself; that it is PyTorch's, the tiny model's golden file says (transformer.test.ts). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weigh } from '../../src/model/weigh';

const bias = -5;
const logitOf = (variance: number) => Math.log(variance / (1 - variance)) - bias;
/** One pixel: a grey guess give or take a variance, a grey noisy pixel, a level. */
const one = (guess: number, variance: number, x: number, t: number) =>
  weigh(Float32Array.of(guess, guess, guess, logitOf(variance)), Float32Array.of(x, x, x), Float32Array.of(t))[0];

describe('a guess weighed against the noisy pixel', () => {
  it('is what it was where the network says no variance', () => {
    const said = Float32Array.of(0.1, 0.2, 0.3);
    expect(weigh(said, Float32Array.of(1, 1, 1), Float32Array.of(0.9))).toBe(said);
  });

  it('is the mean of all clean values that could have made the pixel (Bayes, summed over a grid)', () => {
    for (const [guess, variance, x, t] of [
      [0.2, 0.05, -0.4, 0.3],
      [-0.5, 0.3, 0.9, 0.8],
      [0.7, 0.01, 0.1, 0.6],
    ]) {
      let [sum, weight] = [0, 0];
      for (let clean = -6; clean <= 6; clean += 1e-3) {
        const belief = Math.exp(-((clean - guess) ** 2) / (2 * variance) - (x - t * clean) ** 2 / (2 * (1 - t) ** 2));
        sum += clean * belief;
        weight += belief;
      }
      expect(one(guess, variance, x, t)).toBeCloseTo(sum / weight, 5);
    }
  });

  it('hears nothing from pure noise, and returns a clean pixel as it is, whatever the variance', () => {
    const value = fc.float({ min: -3, max: 3, noNaN: true });
    const logit = fc.float({ min: -80, max: 80, noNaN: true });
    fc.assert(
      fc.property(value, value, logit, (guess, x, said) => {
        const at = (t: number) =>
          weigh(Float32Array.of(guess, guess, guess, said), Float32Array.of(x, x, x), Float32Array.of(t));
        expect(at(0)[1]).toBe(guess === 0 ? at(0)[1] : guess);
        expect(at(1)[1]).toBeCloseTo(x, 5);
      }),
    );
  });

  it('reads the level of each pixel where they differ', () => {
    const said = Float32Array.of(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 5, 5); // (4, 2 pixels)
    const guess = weigh(said, new Float32Array(6).fill(-1), Float32Array.of(0, 1));
    expect([...guess]).toEqual([0.5, -1, 0.5, -1, 0.5, -1]);
  });
});
