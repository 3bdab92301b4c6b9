/**
 * What a file is, by its content: names and types lie, first bytes seldom. Refuses, before anything is unpacked, what is no
 * picture, not whole, or too large.
 */
import { Bytes, textAt } from './bytes';
import { headers } from './formats';
import { limits, PictureError, type Claim, type Foreign, type Kind } from './types';

/** First bytes, as characters, of what can be opened. AVIF is told by its brand. */
const kinds: readonly (readonly [start: string, kind: Kind])[] = [
  ['\x89PNG\r\n\x1a\n', 'png'],
  ['\xff\xd8\xff', 'jpeg'],
  ['GIF87a', 'gif'],
  ['GIF89a', 'gif'],
];

/** And of what can't, but that people try. */
const others: readonly (readonly [start: string, what: Foreign])[] = [
  ['SNOWRUN', 'run'],
  ['PK\x03\x04', 'archive'],
  ['PK\x05\x06', 'archive'],
  ['Rar!', 'archive'],
  ['7z\xbc\xaf\x27\x1c', 'archive'],
  ['\x1f\x8b', 'archive'],
  ['%PDF', 'pdf'],
  ['8BPS', 'photoshop'],
  ['II*\0', 'tiff'],
  ['MM\0*', 'tiff'],
  ['\0\0\x01\0', 'icon'],
  ['\x1aE\xdf\xa3', 'film'],
  ['OggS', 'sound'],
  ['ID3', 'sound'],
  ['fLaC', 'sound'],
  ['\x7fELF', 'code'],
  ['MZ', 'code'],
];

/** Sizes that the second header of a BMP has; "BM" alone may be any text. */
const bmpHeaders = [12, 40, 52, 56, 64, 108, 124];

/** Bytes that are looked at to tell text from what is none. */
const sample = 1024;

/** Throws PictureError: `empty`, `tooLarge`, `notPicture`, `cut`, `damaged` or `tooManyPixels`. */
export function claimOf(data: Uint8Array): Claim {
  if (data.length === 0) throw new PictureError('empty');
  if (data.length > limits.bytes) throw new PictureError('tooLarge', { bytes: data.length });
  const kind = kindOf(data);
  if (!kind) throw new PictureError('notPicture', { what: foreign(data) });
  const claim = { kind, ...headers[kind](new Bytes(data, kind)) };
  const { width, height } = claim;
  if (!(width > 0 && height > 0)) throw new PictureError('damaged', { kind });
  if (width * height > limits.pixels || Math.max(width, height) > limits.side)
    throw new PictureError('tooManyPixels', { kind, size: { width, height } });
  return claim;
}

function kindOf(data: Uint8Array): Kind | undefined {
  const start = textAt(data, 0, 16);
  const known = kinds.find(([first]) => start.startsWith(first));
  if (known) return known[1];
  if (start.startsWith('RIFF') && start.startsWith('WEBP', 8)) return 'webp';
  if (start.startsWith('BM') && data.length >= 18 && bmpHeaders.includes(new Bytes(data, 'bmp').little32(14))) return 'bmp'; // prettier-ignore
  return brandsOf(data).some((brand) => brand === 'avif' || brand === 'avis') ? 'avif' : undefined;
}

/** What the files of the ISO family say that they are: of pictures (AVIF, HEIC) as of films (MP4). None where it is no such file. */
function brandsOf(data: Uint8Array): readonly string[] {
  if (textAt(data, 4, 4) !== 'ftyp') return [];
  const length = Math.min(256, data.length, new DataView(data.buffer, data.byteOffset).getUint32(0));
  const brands: string[] = [];
  for (let at = 8; at + 4 <= length; at += 4) if (at !== 12) brands.push(textAt(data, at, 4)); // 12: a version
  return brands;
}

function foreign(data: Uint8Array): Foreign {
  const start = textAt(data, 0, 16);
  const known = others.find(([first]) => start.startsWith(first));
  if (known) return known[1];
  if (start.startsWith('RIFF')) return start.startsWith('WAVE', 8) ? 'sound' : 'film';
  const brands = brandsOf(data);
  if (brands.some((brand) => /^(hei|hev|mif1|msf1)/.test(brand))) return 'heic';
  if (brands.length) return 'film';
  const text = textAt(data, 0, sample);
  if (/<svg[\s>]/i.test(text)) return 'svg';

  return /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? 'unknown' : 'text';
}
