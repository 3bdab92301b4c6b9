/**
 * A sampler of one's own beside ours, where the right answer is known: the data are one drawn clip m with normal deviations of s in
 * every pixel. The best guess of the clean clip is then a formula, and the noise z flows to exactly m + s z.
 *
 * In a project with the package, the imports are 'snowglobe/sampling' and 'snowglobe/world'.
 */
import { defaults, run, startingNoise, times, type Denoiser } from '../src/sampling';
import { draws, render, sampleScene } from '../src/world';

const shape = { frames: 16, height: 32, width: 32 };
const [m, s, seed] = [render(sampleScene(draws(1)), shape), 0.3, 7];

const denoiser: Denoiser & { calls: number } = {
  shape,
  calls: 0,
  async guess(x, [t], conditions) {
    this.calls += 1;
    const gain = (s * s * t) / (s * s * t * t + (1 - t) ** 2);
    return conditions.map(() => x.map((value, i) => m[i] + gain * (value - t * m[i])));
  },
};

/** The midpoint method: half a step along the velocity, and the whole step along the velocity that is there. */
async function midpoint(steps: number): Promise<Float32Array> {
  const grid = times({ ...defaults, steps });
  const velocity = async (x: Float32Array, t: number) => {
    const [guess] = await denoiser.guess(x, new Float32Array(x.length / 3).fill(t), ['prompt']);
    return guess.map((value, i) => (value - x[i]) / (1 - t));
  };
  let x: Float32Array = startingNoise(seed, shape, []);
  for (let i = 0; i < steps; i++) {
    const [t, h] = [grid[i], grid[i + 1] - grid[i]];
    const half = await velocity(x, t);
    const there = await velocity(x.map((value, k) => value + (h / 2) * half[k]), t + h / 2); // prettier-ignore
    x = x.map((value, k) => value + h * there[k]);
  }
  return x;
}

async function ours(steps: number): Promise<Float32Array> {
  let film: Float32Array = new Float32Array();
  const guidance = { ...defaults.guidance, scale: 1 };
  for await (const { guess } of run(denoiser, { ...defaults, seed, steps, sampler: 'heun', restarts: 0, guidance }))
    film = guess;
  return film;
}

const z = startingNoise(seed, shape, []);
const error = (film: Float32Array) =>
  Math.sqrt(film.reduce((sum, value, i) => sum + (value - m[i] - s * z[i]) ** 2, 0) / film.length);

for (const [name, sample] of Object.entries({ midpoint, heun: ours }))
  for (const steps of [4, 8, 16]) {
    denoiser.calls = 0;
    const off = error(await sample(steps));
    console.log(`${name}, ${steps} steps, ${denoiser.calls} model calls: off by ${off.toFixed(6)}`);
  }
