/**
 * A sampler of one's own beside ours, without a network: the data are forty clips that the renderer draws, and the best guess
 * of the clean clip is then known exactly, their mean weighted by how well each explains the noisy one. Of the package the
 * imports are 'snowglobe/sampling' and 'snowglobe/world'.
 */
import { defaults, run, startingNoise, times, type Denoiser } from '../src/sampling';
import { draws, render, sampleScene } from '../src/world';

const shape = { frames: 16, height: 32, width: 32 };
const clips = Array.from({ length: 40 }, (_, seed) => render(sampleScene(draws(seed)), shape));

const denoiser: Denoiser & { calls: number } = {
  shape,
  calls: 0,
  async guess(x, levels, conditions) {
    this.calls += 1;
    const t = levels[0];
    const misfits = clips.map(
      (clip) => x.reduce((sum, value, i) => sum + (value - t * clip[i]) ** 2, 0) / (2 * (1 - t) ** 2),
    );
    const weights = misfits.map((misfit) => Math.exp(Math.min(...misfits) - misfit));
    const total = weights.reduce((sum, weight) => sum + weight);
    const mean = x.map((_, i) => clips.reduce((sum, clip, k) => sum + (weights[k] / total) * clip[i], 0));
    return conditions.map(() => mean);
  },
};

/** The midpoint method: half a step along the velocity, and the whole step along the velocity there. */
async function midpoint(seed: number, steps: number): Promise<Float32Array> {
  const grid = times({ ...defaults, steps });
  const velocity = async (x: Float32Array, t: number) => {
    const [guess] = await denoiser.guess(x, new Float32Array(x.length / 3).fill(t), ['prompt']);
    return guess.map((value, i) => (value - x[i]) / (1 - t));
  };
  let x = startingNoise(seed, shape, []);
  for (let i = 0; i < steps; i++) {
    const [t, tNext] = [grid[i], grid[i + 1]];
    const half = await velocity(x, t);
    const there = await velocity(
      x.map((value, k) => value + ((tNext - t) / 2) * half[k]),
      (t + tNext) / 2,
    );
    x = x.map((value, k) => value + (tNext - t) * there[k]);
  }
  return x;
}

/** How far a film is from the nearest of the forty: root mean square, black to white is 2. */
const distance = (film: Float32Array) =>
  Math.min(
    ...clips.map((clip) => Math.sqrt(film.reduce((sum, value, i) => sum + (value - clip[i]) ** 2, 0) / film.length)),
  );

for (const steps of [4, 8]) {
  denoiser.calls = 0;
  console.log(
    `own midpoint, ${steps} steps: ${distance(await midpoint(7, steps)).toFixed(4)} from the nearest clip (${denoiser.calls} model calls)`,
  );
  denoiser.calls = 0;
  let film: Float32Array = new Float32Array();
  for await (const { guess } of run(denoiser, {
    ...defaults,
    seed: 7,
    steps,
    sampler: 'heun',
    guidance: { ...defaults.guidance, scale: 1 },
  }))
    film = guess;
  console.log(
    `our heun, ${steps} steps: ${distance(film).toFixed(4)} from the nearest clip (${denoiser.calls} model calls)`,
  );
}
