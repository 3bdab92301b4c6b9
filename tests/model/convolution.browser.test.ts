/** A convolution's kernels against their formula in plain TypeScript, on sizes that no block or workgroup divides. */
import { afterAll, describe, expect, it } from 'vitest';
import { packed } from '../../src/model/half';
import {
  enlarged,
  framesAround,
  neighbourhood,
  pairedOutputs,
  shuffledActivated,
  shuffledAdded,
  shuffledGated,
} from '../../src/model/kernels/convolution';
import { matmul, tiles, type Load, type Epilogue } from '../../src/model/kernels/matmul';
import { activated, added, plain } from '../../src/model/kernels/epilogues';
import { normals } from '../../src/sampling/noise';
import { relativeError } from './golden';
import { openDevice, runKernel } from './gpu';

const gpu = await openDevice();
afterAll(() => expect(gpu.faults).toEqual([]));

const tolerance = 1e-5;
let seed = 100;
const random = (...shape: number[]) =>
  normals(
    ++seed,
    0,
    shape.reduce((a, b) => a * b, 1),
  );
const silu = (x: number) => x / (1 + Math.exp(-x));
const [frames, grid] = [2, { height: 6, width: 10 }];
const pixels = grid.height * grid.width;

/** The product y with the identity, so that y is what `load` says and `epilogue` gets: (B, m, n). */
async function through(
  n: number,
  inputs: Readonly<Record<string, Float32Array>>,
  epilogue: Epilogue,
  load?: Load,
): Promise<Record<string, Float32Array>> {
  const w = Float32Array.from({ length: n * n }, (_, i) => (i % (n + 1) ? 0 : 1));
  const kernel = matmul('test', { m: pixels, k: n, n }, tiles.small, epilogue, load);
  return runKernel(gpu.device, kernel, { w: packed(w, [n, n]), ...inputs }, { batch: frames, levels: 1 });
}

describe('the neighbours of a pixel', () => {
  it.each([
    { size: 3, stride: 1, before: 1 },
    { size: 2, stride: 2, before: 0 },
    { size: 1, stride: 1, before: 0 },
  ])('$size x $size, by $stride, with zeros beyond the edge', async ({ size, stride, before }) => {
    const channels = 8;
    const [H, W] = [stride * grid.height, stride * grid.width];
    const x = random(frames, H, W, channels);
    const n = size * size * channels;
    const expected = Float32Array.from({ length: frames * pixels * n }, (_, at) => {
      const [z, row, tap] = [Math.floor(at / n / pixels), Math.floor(at / n) % pixels, Math.floor((at % n) / channels)];
      const line = Math.floor(row / grid.width) * stride + Math.floor(tap / size) - before;
      const place = (row % grid.width) * stride + (tap % size) - before;
      if (line < 0 || line >= H || place < 0 || place >= W) return 0;
      return x[((z * H + line) * W + place) * channels + (at % channels)];
    });
    const y = new Float32Array(expected.length);
    const results = await through(n, { x, y }, plain, neighbourhood(grid, channels, size, stride));
    expect(relativeError(results.y, expected)).toBeLessThan(tolerance);
  });
});

describe('the neighbours of a pixel, of frames that lie one below the other', () => {
  const [clips, below, channels] = [2, 3, 4]; // clips of three frames
  const [m, area] = [below * pixels, pixels];
  const identity = (n: number) =>
    packed(
      Float32Array.from({ length: n * n }, (_, i) => (i % (n + 1) ? 0 : 1)),
      [n, n],
    );

  it.each([
    { load: neighbourhood(grid, channels, 3, 1, below), taps: 9, name: 'in space, no frame seeing the next' },
    { load: framesAround(grid, channels, below), taps: 3, name: 'in time, the ends being repeated' },
  ])('$name', async ({ load, taps }) => {
    const x = random(clips, below, grid.height, grid.width, channels);
    const n = taps * channels;
    const expected = Float32Array.from({ length: clips * m * n }, (_, at) => {
      const [z, row, tap] = [Math.floor(at / n / m), Math.floor(at / n) % m, Math.floor((at % n) / channels)];
      const [frame, line, place] = [Math.floor(row / area), Math.floor((row % area) / grid.width), row % grid.width];
      const [f, l, p] =
        taps === 3
          ? [Math.min(Math.max(frame + tap - 1, 0), below - 1), line, place]
          : [frame, line + Math.floor(tap / 3) - 1, place + (tap % 3) - 1];
      if (l < 0 || l >= grid.height || p < 0 || p >= grid.width) return 0;
      return x[(((z * below + f) * grid.height + l) * grid.width + p) * channels + (at % channels)];
    });
    const kernel = matmul('test', { m, k: n, n }, tiles.small, plain, load);
    const inputs = { w: identity(n), x, y: new Float32Array(expected.length) };
    const { y } = await runKernel(gpu.device, kernel, inputs, { batch: clips, levels: 1 });
    expect(relativeError(y, expected)).toBeLessThan(tolerance);
  });
});

describe('what becomes of it', () => {
  const n = 12;
  const [x, bias] = [random(frames, pixels, n), random(n)];
  const biased = x.map((value, i) => value + bias[i % n]);

  it('is stored with bias and SiLU, or with a bias added to what is there', async () => {
    const h = random(frames, pixels, n);
    const activatedResult = await through(n, { x, y: new Float32Array(x.length), bias }, activated);
    expect(relativeError(activatedResult.y, biased.map(silu))).toBeLessThan(tolerance);
    const addedResult = await through(n, { x, h, bias }, added);
    const expected = biased.map((value, i) => value + h[i]);
    expect(relativeError(addedResult.h, expected)).toBeLessThan(tolerance);
  });

  it('is shuffled as PyTorch does: four channels are a square of pixels', async () => {
    const [C, W] = [n / 4, 2 * grid.width];
    const shuffledFrom = (numbers: Float32Array) => {
      const result = new Float32Array(numbers.length);
      numbers.forEach((value, at) => {
        const [z, row, channel, part] = [Math.floor(at / n / pixels), Math.floor(at / n) % pixels, Math.floor((at % n) / 4), at % 4]; // prettier-ignore
        const line = 2 * Math.floor(row / grid.width) + (part >> 1);
        const place = 2 * (row % grid.width) + (part & 1);
        result[((z * 2 * grid.height + line) * W + place) * C + channel] = value;
      });
      return result;
    };
    const h = random(frames, 4 * pixels, C);
    const y = (await through(n, { x, y: new Float32Array(x.length), bias }, shuffledActivated(grid))).y;
    expect(relativeError(y, shuffledFrom(biased).map(silu))).toBeLessThan(tolerance);
    const sum = (await through(n, { x, h, bias }, shuffledAdded(grid))).h;
    const expected = shuffledFrom(biased).map((value, i) => value + h[i]);
    expect(relativeError(sum, expected)).toBeLessThan(tolerance);
  });

  it('is shuffled, gate and value apart, to their product', async () => {
    const channels = 2; // of the product
    const [n, W] = [8 * channels, 2 * grid.width];
    const [outputs, bias] = [random(frames, pixels, n), random(n)]; // as PyTorch orders them: gates, then values
    const order = pairedOutputs(channels);
    const x = Float32Array.from(outputs, (_, at) => outputs[at - (at % n) + order[at % n]]);
    const expected = new Float32Array(frames * channels * 4 * pixels);
    for (let z = 0; z < frames; z++)
      for (let row = 0; row < pixels; row++)
        for (let channel = 0; channel < channels; channel++)
          for (let part = 0; part < 4; part++) {
            const number = (output: number) => outputs[(z * pixels + row) * n + output] + bias[output];
            const line = 2 * Math.floor(row / grid.width) + (part >> 1);
            const at = ((z * channels + channel) * 2 * grid.height + line) * W + 2 * (row % grid.width) + (part & 1);
            expected[at] = silu(number(4 * channel + part)) * number(4 * (channels + channel) + part);
          }
    const paired = Float32Array.from(order, (output) => bias[output]);
    const { y } = await through(n, { x, bias: paired, y: new Float32Array(expected.length) }, shuffledGated(grid));
    expect(relativeError(y, expected)).toBeLessThan(tolerance);
  });

  it('is mixed into three colours and added to the frame, enlarged four times', async () => {
    const [H, W, channels, first, full] = [grid.height / 2, grid.width / 2, 8, 3, 5];
    const near = random(frames, H, W, channels);
    const [x, out] = [random(frames, full, 16 * H * W), random(3 * full + 3)];
    const line = (at: number, count: number): [low: number, high: number, share: number] => {
      const place = Math.max(0, (at + 0.5) / 4 - 0.5); // pixels are squares, and the picture ends at their edges
      const low = Math.floor(place);
      return [low, Math.min(low + 1, count - 1), place - low];
    };
    const expected = Float32Array.from({ length: frames * 3 * 16 * H * W }, (_, at) => {
      const [z, c, y, x4] = [Math.floor(at / (48 * H * W)), Math.floor(at / (16 * H * W)) % 3, Math.floor(at / (4 * W)) % (4 * H), at % (4 * W)]; // prettier-ignore
      const [[y0, y1, b], [x0, x1, a]] = [line(y, H), line(x4, W)];
      const pixel = (i: number, j: number) => near[((z * H + i) * W + j) * channels + first + c];
      const frame = (1 - b) * ((1 - a) * pixel(y0, x0) + a * pixel(y0, x1)) + b * ((1 - a) * pixel(y1, x0) + a * pixel(y1, x1)); // prettier-ignore
      let sum = frame + out[3 * full + c];
      for (let i = 0; i < full; i++) sum += out[c * full + i] * x[(z * full + i) * 16 * H * W + y * 4 * W + x4];
      return sum;
    });
    const kernel = enlarged('test', { grid: { height: H, width: W }, channels, first, full });
    const pictures = new Float32Array(expected.length);
    const result = await runKernel(gpu.device, kernel, { x, out, near, pictures }, { batch: frames, levels: 1 });
    expect(relativeError(result.pictures, expected)).toBeLessThan(tolerance);
  });
});
