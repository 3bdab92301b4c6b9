import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RecordingError } from '../../src/recording/errors';
import { fingerprint, packSummary, unpackSummary, type Summary } from '../../src/recording/summary';
import { uniforms } from '../../src/sampling/noise';

const [patches, places, pixels] = [32, 6, 3 * 4 * 16 * 16];

/** Of two blocks, with rows that add up to 1. */
function made(): Summary {
  const block = (n: number) => {
    const rows = Float32Array.from(uniforms(n, 1, patches * (places + patches)), (value) => value ** 3);
    for (let row = 0; row < patches; row++) {
      const own = rows.subarray(row * (places + patches), (row + 1) * (places + patches));
      const sum = own.reduce((a, b) => a + b, 0);
      own.forEach((value, i) => (own[i] = value / sum));
    }
    const lengths = Float32Array.from(uniforms(n, 2, 4 * patches), (value) => 30 * value);
    return { block: n, rows, lengths, guess: Float32Array.from(uniforms(n, 3, pixels), (value) => 4 * value - 2) };
  };
  const network = { depth: 4, heads: 6, places, dim: 24, hidden: 64, channels: 4 };
  const shape = { frames: 4, height: 16, width: 16 };
  return {
    recording: 4294967295,
    model: 'tiny',
    step: 3,
    shape,
    grid: [2, 4, 4],
    ...network,
    blocks: [block(0), block(2)],
  };
}

const off = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

describe('a look inside as a file', () => {
  it('comes back: rows within 6 % of their largest and adding up to 1, lengths, and the first frame of each guess', async () => {
    const summary = made();
    const back = await unpackSummary(await packSummary(summary));
    expect({ ...back, blocks: null }).toEqual({ ...summary, blocks: null });
    back.blocks.forEach((block, i) => {
      const own = summary.blocks[i];
      expect(block.block).toBe(own.block);
      const keys = places + patches;
      for (let row = 0; row < patches; row++) {
        const [was, is] = [own.rows, block.rows].map((rows) => rows.subarray(row * keys, (row + 1) * keys));
        expect(is.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
        expect(off(was, is) / Math.max(...was)).toBeLessThan(0.06);
      }
      expect(off(own.lengths, block.lengths)).toBeLessThan(1e-3);
      for (const frame of [0, 3])
        expect(off(own.guess.subarray(0, 256), block.guess.subarray(256 * frame, 256 * (frame + 1)))).toBeLessThan(
          0.01,
        ); // 4 / 510
    });
  });

  it('that is damaged is refused, and nothing else is thrown', async () => {
    const file = await packSummary(made());
    const refused = async (bytes: Uint8Array) => {
      const answer = await unpackSummary(bytes).catch((thrown: unknown) => thrown);
      if (answer instanceof Error) expect(answer).toBeInstanceOf(RecordingError);
      return answer instanceof Error;
    };
    for (const length of [0, 5, 11, 40, file.length - 1]) expect(await refused(file.subarray(0, length))).toBe(true);
    const lots = uniforms(7, 1, 400);
    for (let i = 0; i < 200; i++) {
      const spoiled = file.slice();
      spoiled[Math.floor(lots[2 * i] * Math.min(600, file.length))] = Math.floor(lots[2 * i + 1] * 256);
      await refused(spoiled);
    }
    const claim = new TextDecoder().decode(file);
    expect(claim).toContain('"grid":[2,4,4]');
    const large = file.slice();
    large.set(new TextEncoder().encode('9'), claim.indexOf('"frames":4') + 9);
    expect(await refused(large)).toBe(true); // nine frames are no whole patches
  });
});

it('those that lie beside the recordings are of those very files, and at most 150 kB each', async () => {
  const folder = join(import.meta.dirname, '../../public/recordings');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.snow'));
  expect(names.length).toBe(6);
  for (const name of names) {
    const bytes = await readFile(join(folder, name.replace(/\.snow$/, '.look')));
    expect(bytes.length, name).toBeLessThanOrEqual(150_000);
    const own = fingerprint(await readFile(join(folder, name)));
    expect((await unpackSummary(bytes)).recording, `${name}: npm run record -- --looks makes it anew`).toBe(own);
  }
});
