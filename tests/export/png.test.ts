/** PNG: every colour comes back, ours and those of others; what is none is refused. */
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { joined, UnreadableError } from '../../src/export/bytes';
import type { Picture } from '../../src/export/picture';
import { readPng, writePng } from '../../src/export/png';
import { worldFilm } from './made';

const noisy = (width: number, height: number): Picture => ({
  width,
  height,
  rgba: Uint8ClampedArray.from({ length: 4 * width * height }, (_, i) => (i % 4 === 3 ? 255 : (i * i * 7 + i) % 256)),
});
const pictures = [noisy(17, 11), noisy(1, 1), worldFilm(3, 128)[4], worldFilm(5)[9]];

it.each(pictures.map((picture) => [`${picture.width} x ${picture.height}`, picture] as const))(
  'written and read, %s pixels are the same, for us and for pngjs',
  async (_, picture) => {
    const bytes = await writePng(picture, 'nothing');
    const { width, height, rgba } = await readPng(bytes);
    expect([width, height]).toEqual([picture.width, picture.height]);
    expect(rgba).toEqual(picture.rgba);
    expect(new Uint8ClampedArray(PNG.sync.read(Buffer.from(bytes)).data)).toEqual(picture.rgba);
  },
);

it('a film’s frame is smaller than its pixels by far', async () => {
  const bytes = await writePng(worldFilm(3, 128)[4], '');
  expect(bytes.length).toBeLessThan(0.4 * 3 * 128 * 128);
});

it.each([2, 6] as const)('of another program is read: colour type %i', async (colorType) => {
  const png = new PNG({ width: 17, height: 11 });
  png.data.set(pictures[0].rgba);
  const bytes = PNG.sync.write(png, { colorType } as never);
  expect((await readPng(new Uint8Array(bytes))).rgba).toEqual(pictures[0].rgba);
});

it('carries its size for print', async () => {
  const bytes = Buffer.from(await writePng(pictures[0], '', 7874));
  const at = bytes.indexOf('pHYs');
  expect([bytes.readUInt32BE(at + 4), bytes[at + 12]]).toEqual([7874, 1]);
});

describe('is refused', () => {
  const good = () => writePng(pictures[0], '');
  const change = async (at: number, value: number) => {
    const bytes = await good();
    bytes[at] = value;
    return bytes;
  };

  it.each<[string, () => Promise<Uint8Array>]>([
    ['with a header of gigabytes', () => change(16, 0x40)],
    ['with more lines than its body has', () => change(23, 200)],
    ['with fewer lines than its body has', () => change(23, 2)],
    ['interlaced', () => change(28, 1)],
    ['with 16 bits', () => change(24, 16)],
    ['of a palette that is not there', () => change(25, 3)],
    ['cut off', async () => (await good()).slice(0, 120)],
    ['empty', async () => new Uint8Array()],
    ['where it is text', async () => joined([...'no picture at all'].map((c) => c.charCodeAt(0)))],
  ])('%s', async (_, bytes) => {
    await expect(readPng(await bytes())).rejects.toThrow(UnreadableError);
  });
});
