/**
 * A picture in the model's size as text for a link, in characters that an address leaves alone: three bytes a pixel, each as the
 * difference from its neighbour on the left, packed by zlib and written as base64url (RFC 4648). A drawing has some hundred
 * characters, a photograph of 32 x 32 some four thousand.
 *
 * What it is not: a picture format. The size is the model's and not said, and nothing but a link holds such a text.
 */
import type { Size } from './types';

/** picture: 3 x height x width, -1 .. 1; it keeps the 256 levels of a screen. */
export async function stillText(picture: Float32Array, { width }: Size): Promise<string> {
  const levels = Uint8Array.from(picture, (value) => Math.min(255, Math.max(0, Math.round(127.5 * (value + 1)))));
  const differences = levels.map((level, i) => level - (i % width ? levels[i - 1] : 0));
  const chunks: Uint8Array[] = [];
  for await (const chunk of through(differences, new CompressionStream('deflate'))) chunks.push(chunk);
  const binary = chunks.map((chunk) => String.fromCharCode(...chunk)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The picture of a text, or undefined where it is none of this size. Never takes more room than the picture. */
export async function readStill(text: string, { height, width }: Size): Promise<Float32Array | undefined> {
  const size = 3 * height * width;
  if (text.length > 2 * size + 64 || !/^[\w-]+$/.test(text)) return undefined;
  const levels = new Uint8Array(size);
  let at = 0;
  try {
    const packed = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    for await (const chunk of through(packed, new DecompressionStream('deflate'))) {
      if (at + chunk.length > size) return undefined;
      levels.set(chunk, at);
      at += chunk.length;
    }
  } catch {
    return undefined; // no base64, or no zlib
  }
  if (at < size) return undefined;
  for (let i = 0; i < size; i++) if (i % width) levels[i] += levels[i - 1];
  return Float32Array.from(levels, (level) => level / 127.5 - 1);
}

async function* through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): AsyncGenerator<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => {}); // a broken stream has nothing to cancel
  }
}
