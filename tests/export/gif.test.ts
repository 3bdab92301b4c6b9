/** GIF: the frames on the screen come back, at the right times. */
import { GifReader } from 'omggif';
import { describe, expect, it } from 'vitest';
import { UnreadableError } from '../../src/export/bytes';
import { Comparison, psnr } from '../../src/export/compare';
import { GifWriter, hundredthsOf, readGif } from '../../src/export/gif';
import { fitted, frameOf, type Picture } from '../../src/export/picture';
import { normals } from '../../src/sampling/noise';
import { shape, worldFilm } from './made';

function gifOf(film: readonly Picture[], seconds = film.length / 8): Uint8Array<ArrayBuffer> {
  const writer = new GifWriter(
    Array.from({ length: film.length + 1 }, (_, i) => (i * seconds) / film.length),
    'packet',
  );
  for (const picture of film) writer.add(picture);
  return writer.end();
}

describe('a film of the world', () => {
  const films = [1, 2, 3, 4].map((seed) => worldFilm(seed, 128));

  it('comes back at 35 dB or more, with a palette for each frame', async () => {
    for (const film of films) {
      const read = readGif(gifOf(film));
      expect([read.width, read.height, read.count, read.last]).toEqual([128, 128, 16, 1.88]);
      const comparison = new Comparison();
      let index = 0;
      for await (const picture of read.pictures())
        comparison.add(index, film[index++], picture, { x: 0, y: 0, width: 128, height: 128 });
      expect(psnr(comparison.difference)).toBeGreaterThan(35);
    }
  });

  it('is small', () => {
    for (const film of films) expect(gifOf(film).length).toBeLessThan(400_000);
    const [raw] = [1].map((seed) => worldFilm(seed).map((picture) => fitted(picture, shape, 256, false)));
    expect(gifOf(raw).length).toBeLessThan(400_000);
  });

  it('is read by others as a film that loops for ever', () => {
    const reader = new GifReader(gifOf(films[0]));
    expect([reader.numFrames(), reader.loopCount()]).toEqual([16, 0]);
  });
});

it('of noise, drawn smoothly, takes a second for each picture and no more', () => {
  const size = { frames: 1, height: 16, width: 24 };
  const noise = fitted(frameOf(normals(3, 1, 3 * 16 * 24), size, 0), size, 512, true);
  const begun = process.cpuUsage(); // and no clock: 0.5 s here, and 5 s where the palette is chosen as finely as for a film
  gifOf([noise]);
  expect(process.cpuUsage(begun).user).toBeLessThan(2e6);
});

it('what one frame lacks of its time the next one gets', () => {
  const starts = Array.from({ length: 17 }, (_, i) => i / 8);
  const delays = Array.from({ length: 16 }, (_, i) => hundredthsOf(starts, i));
  expect(delays.reduce((a, b) => a + b)).toBe(200);
  expect(new Set(delays)).toEqual(new Set([12, 13]));
});

describe('is refused', () => {
  const good = gifOf([worldFilm(1)[0]]);
  const change = (at: number, value: number) => {
    const bytes = good.slice();
    bytes[at] = value;
    return bytes;
  };

  it.each<[string, Uint8Array]>([
    ['with a screen of gigabytes', change(7, 200).map((byte, i) => (i === 9 ? 200 : byte))],
    ['where a frame is larger than the screen', change(6, 1)],
    ['cut off', good.subarray(0, 700)],
    ['empty', new Uint8Array()],
  ])('%s', (_, bytes) => {
    expect(() => readGif(bytes)).toThrow(UnreadableError);
  });

  it('where its frames claim more altogether than there is patience for', () => {
    const side = [2000 & 255, 2000 >> 8];
    const head = [...Buffer.from('GIF89a'), ...side, ...side, 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
    const frame = [0x2c, 0, 0, 0, 0, ...side, ...side, 0, 2, 1, 0x44, 0];
    const film = (count: number) => Uint8Array.from([...head, ...Array<number[]>(count).fill(frame).flat(), 0x3b]);
    expect(readGif(film(200)).count).toBe(200);
    expect(() => readGif(film(1000))).toThrow(UnreadableError);
  });
});
