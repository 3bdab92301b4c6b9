/**
 * A picture from its bytes by the browser's own decoders, reduced strip by strip to the model's size. For a worker: it works
 * on for as long as it takes, and whoever started it lets go of it.
 *
 * What it is not: a reader of GIFs (src/pictures does that), of which browsers give the first frame only.
 */
import { claimOf } from '../pictures/claim';
import { notesOf, openFilm, previewOf, type How, type Opened, type Shown } from '../pictures/open';
import { boxOf, Reducer, type Reduced } from '../pictures/reduce';
import { PictureError, type Claim } from '../pictures/types';

/** Pixels that are read back at once. */
const strip = 2 ** 20;

/** Throws PictureError. */
export async function unpack(bytes: Uint8Array<ArrayBuffer>, how: How): Promise<Opened> {
  const claim = claimOf(bytes);
  if (claim.kind === 'gif') return openFilm(bytes, claim, how);
  if (typeof createImageBitmap !== 'function' || typeof OffscreenCanvas !== 'function')
    throw new PictureError('unsupported');
  const bitmap = await decoded(bytes, claim);
  try {
    const pictures = [reducedOf(bitmap, how)];
    const size = { width: bitmap.width, height: bitmap.height };
    return { size, pictures, original: shownOf(bitmap), notes: notesOf(claim, size, pictures, how), lasts: null };
  } finally {
    bitmap.close();
  }
}

/** Turned as the camera says. The bytes tell their format; the name of a file never comes here. */
async function decoded(bytes: Uint8Array<ArrayBuffer>, { kind, print }: Claim): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(new Blob([bytes]), { imageOrientation: 'from-image' });
  } catch {
    throw new PictureError('cannot', { kind, print }); // browsers say no more
  }
}

function reducedOf(bitmap: ImageBitmap, { shape, fit }: How): Reduced {
  const { width } = bitmap;
  const reducer = new Reducer(bitmap, shape, boxOf(bitmap, shape, fit));
  const [from, to] = reducer.rows;
  const rows = Math.max(1, Math.min(to - from, Math.floor(strip / width)));
  const context = contextOf(width, rows);
  for (let row = from; row < to; row += rows) {
    const count = Math.min(rows, to - row);
    context.clearRect(0, 0, width, rows);
    context.drawImage(bitmap, 0, row, width, count, 0, 0, width, count);
    reducer.add(context.getImageData(0, 0, width, count).data, row);
  }
  return reducer.result;
}

function shownOf(bitmap: ImageBitmap): Shown {
  const { width, height } = previewOf(bitmap);
  const context = contextOf(width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return { width, height, rgba: context.getImageData(0, 0, width, height).data };
}

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new PictureError('unsupported');
  return context;
}
