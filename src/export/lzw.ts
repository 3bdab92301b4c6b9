/**
 * The pixels of a GIF's frame out of its packed blocks (GIF89a, appendix F; Welch 1984).
 *
 * Our own forty lines, because a damaged file leads `omggif` round in a circle for ever: its table may point at itself.
 */
import { UnreadableError } from './bytes';

const largestTable = 4096;

/** from: the byte that says how long codes are at first. Returns `count` indices. Throws UnreadableError. */
export function unpacked(bytes: Uint8Array, from: number, count: number): Uint8Array {
  const bits = bytes[from];
  if (!(bits >= 2 && bits <= 8)) throw damaged();
  const [clear, end] = [1 << bits, (1 << bits) + 1];
  const [prefix, suffix, length] = [new Uint16Array(largestTable), new Uint8Array(largestTable), new Uint16Array(largestTable)]; // prettier-ignore
  for (let code = 0; code < clear; code++) [suffix[code], length[code]] = [code, 1];
  const pixels = new Uint8Array(count);
  const next = codes(bytes, from + 1);
  let [filled, free, size, last] = [0, end + 1, bits + 1, -1];
  while (filled < count) {
    const code = next(size);
    if (code === clear) {
      [free, size, last] = [end + 1, bits + 1, -1];
      continue;
    }
    // A code is known, or the very next one, whose first pixel is its last. Entries point at older ones only: no circles.
    if (code === end || code > free || (code === free && last < 0)) throw damaged();
    const known = code < free ? code : last;
    const long = length[known] + (code < free ? 0 : 1);
    let first = known;
    for (let at = filled + length[known] - 1, entry = known; at >= filled; at--, entry = prefix[entry]) {
      if (at < count) pixels[at] = suffix[entry];
      first = entry;
    }
    if (code === free && filled + long - 1 < count) pixels[filled + long - 1] = suffix[first];
    if (last >= 0 && free < largestTable) {
      [prefix[free], suffix[free], length[free]] = [last, suffix[first], length[last] + 1];
      free++;
      if (free === 1 << size && size < 12) size++;
    }
    filled += long;
    last = code;
  }
  return pixels;
}

/** Reads codes of so many bits, the lowest first, through the blocks that begin at `at`. */
function codes(bytes: Uint8Array, at: number): (size: number) => number {
  let [left, buffer, held] = [0, 0, 0]; // bytes of this block, bits that were read and not used
  return (size) => {
    while (held < size) {
      if (left === 0) left = bytes[at++] ?? 0;
      if (left === 0 || at >= bytes.length) throw damaged();
      buffer |= bytes[at++] << held;
      held += 8;
      left--;
    }
    const code = buffer & ((1 << size) - 1);
    buffer >>>= size;
    held -= size;
    return code;
  };
}

const damaged = () => new UnreadableError('The film is damaged.');
