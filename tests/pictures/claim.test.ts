/** What a file is, told by its content: size, frames, whether it is whole; and what it is where it is no picture. */
import { describe, expect, it } from 'vitest';
import { claimOf } from '../../src/pictures/claim';
import { PictureError, type Reason } from '../../src/pictures/types';
import { ascii, bmp, chunk, gif, iso, joined, jpegSkeleton, little32, pngSkeleton, webp } from './made';
import { png } from './made-png';

const refusal = (data: Uint8Array): PictureError => {
  try {
    claimOf(data);
  } catch (error) {
    if (error instanceof PictureError) return error;
    throw error;
  }
  throw new Error('it was taken');
};

const still = { animated: false, print: false };

describe('the claim of', () => {
  it.each([
    ['a PNG', png(5, 7), { kind: 'png', width: 5, height: 7, ...still }],
    ['a JPEG', jpegSkeleton(640, 480), { kind: 'jpeg', width: 640, height: 480, ...still }],
    ['a JPEG that comes in scans', jpegSkeleton(640, 480, { frame: 0xc2 }), { kind: 'jpeg', width: 640, height: 480, ...still }],
    ['a JPEG in printing colours', jpegSkeleton(9, 8, { parts: 4 }), { kind: 'jpeg', width: 9, height: 8, animated: false, print: true }],
    ['a GIF', gif(3, 2, [{ pixels: [0, 1, 2, 3, 0, 1] }]), { kind: 'gif', width: 3, height: 2, ...still }],
    ['a WebP with losses', webp.lossy(300, 200), { kind: 'webp', width: 300, height: 200, ...still }],
    ['a WebP without', webp.lossless(300, 200), { kind: 'webp', width: 300, height: 200, ...still }],
    ['an extended WebP', webp.extended(70000 % 16384, 5), { kind: 'webp', width: 70000 % 16384, height: 5, ...still }],
    ['an animated WebP', webp.extended(20, 10, 2), { kind: 'webp', width: 20, height: 10, animated: true, print: false }],
    ['a BMP', bmp(6, 4), { kind: 'bmp', width: 6, height: 4, ...still }],
    ['a BMP from top to bottom', bmp(6, -4), { kind: 'bmp', width: 6, height: 4, ...still }],
    ['an AVIF', iso(['avif', 'mif1']), { kind: 'avif', width: 40, height: 30, ...still }],
    ['an AVIF that says so later', iso(['mif1', 'avif']), { kind: 'avif', width: 40, height: 30, ...still }],
    ['an animated AVIF', iso(['avis', 'avif']), { kind: 'avif', width: 40, height: 30, animated: true, print: false }],
  ])('%s is its size and kind', (_, data, claim) => expect(claimOf(data)).toEqual(claim)); // prettier-ignore

  it('a PNG says that it is animated by a chunk before its data, and by none after', () => {
    const control = chunk('acTL', [0, 0, 0, 2, 0, 0, 0, 0]);
    expect(claimOf(pngSkeleton(4, 4, [control, chunk('IDAT')])).animated).toBe(true);
    expect(claimOf(pngSkeleton(4, 4, [chunk('IDAT'), control])).animated).toBe(false);
  });

  it('a JPEG with a film behind it is the JPEG’s', () => {
    expect(claimOf(joined(jpegSkeleton(640, 480), ascii('ftypmp42 and a film'))).width).toBe(640);
  });
});

describe('nothing is opened that', () => {
  it.each([
    ['has no bytes', new Uint8Array(), 'empty'],
    ['has 100 million pixels', pngSkeleton(10000, 10000), 'tooManyPixels'],
    ['is a long thin line', pngSkeleton(1, 20000), 'tooManyPixels'],
    ['is as large as a JPEG can say', jpegSkeleton(65535, 65535), 'tooManyPixels'],
    ['has no width', pngSkeleton(0, 5), 'damaged'],
    ['has no height yet (JPEG may say it later)', jpegSkeleton(5, 0), 'damaged'],
    ['is an AVIF without a size', iso(['avif'], 0, 0), 'damaged'],
    ['is a PNG without data', pngSkeleton(4, 4, []), 'damaged'],
    ['is a PNG whose first chunk is another', joined(png(2, 2).subarray(0, 12), ascii('tEXt'), png(2, 2).subarray(16)), 'damaged'],
    ['is a JPEG without a frame', jpegSkeleton(4, 4, { frame: 0xc4 }), 'damaged'],
  ] as const)('%s', (_, data, reason) => expect(refusal(data).reason).toBe(reason)); // prettier-ignore

  it('has more than 32 MB, whatever it is', () => {
    expect(refusal(new Uint8Array(32e6 + 1)).reason).toBe('tooLarge');
  });

  it.each([
    ['PNG', png(40, 40, (x, y) => [x, y, x * y, 255])],
    ['JPEG', jpegSkeleton(64, 64)],
    ['WebP', webp.lossy(64, 64)],
    ['BMP', bmp(16, 16)],
    ['AVIF', iso(['avif', 'mif1'])],
  ])('is a %s cut off anywhere: it is not whole, or nothing of it can be told', (_, whole) => {
    for (let length = 1; length < whole.length; length++) {
      const { reason } = refusal(whole.subarray(0, length));
      expect(['cut', 'notPicture', 'damaged'] satisfies Reason[], `${length} of ${whole.length}`).toContain(reason);
    }
    expect(refusal(whole.subarray(0, whole.length - 1)).reason).toBe('cut');
  });
});

describe('what is no picture is named by its content', () => {
  const zeros = [0, 0, 0, 0];
  it.each([
    ['a ZIP', joined(ascii('PK\x03\x04'), zeros, zeros), 'archive'],
    ['a PDF', joined(ascii('%PDF-1.7\n'), zeros), 'pdf'],
    ['a saved run', joined(ascii('SNOWRUN\x01'), zeros), 'run'],
    ['an SVG', joined(ascii('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"></svg>')), 'svg'],
    ['HTML', joined(ascii('<!doctype html><p>Hello</p>')), 'text'],
    ['text that begins like a BMP', joined(ascii('BMW is a maker of cars, and this is text.')), 'text'],
    ['a HEIC photograph', iso(['heic', 'mif1']), 'heic'],
    ['an MP4', iso(['isom', 'mp42']), 'film'],
    ['a WebM', joined([0x1a, 0x45, 0xdf, 0xa3], zeros, zeros, zeros), 'film'],
    ['an AVI', joined(ascii('RIFF'), little32(4), ascii('AVI ')), 'film'],
    ['a WAV', joined(ascii('RIFF'), little32(4), ascii('WAVE')), 'sound'],
    ['a TIFF', joined(ascii('II*\0'), zeros), 'tiff'],
    ['a program', joined(ascii('MZ'), zeros, zeros), 'code'],
    ['a byte', joined([7]), 'unknown'],
  ] as const)('%s', (_, data, what) => {
    const error = refusal(data);
    expect([error.reason, error.details.what]).toEqual(['notPicture', what]);
  });
});
