/**
 * WebM (https://www.rfc-editor.org/rfc/rfc9559), its tags alone: XMP has no place of its own there, so that the packet is a
 * tag named XMP, which mediabunny writes (video.ts) and this reads.
 */
import { latin1, mostParts, textOf } from './bytes';

const ids = {
  head: 0x1a45dfa3,
  segment: 0x18538067,
  tags: 0x1254c367,
  tag: 0x7373,
  simpleTag: 0x67c8,
  name: 0x45a3,
  text: 0x4487,
} as const;

/** What is opened on the way to a tag's text. */
const holders: readonly number[] = [ids.segment, ids.tags, ids.tag, ids.simpleTag];

export const tagName = 'XMP';

export const isWebm = (bytes: Uint8Array): boolean => numberAt(bytes, 0, true)?.value === ids.head;

/** Undefined where there is none. */
export function webmPacket(bytes: Uint8Array): string | undefined {
  let [at, count, named] = [0, 0, false];
  while (at < bytes.length && count++ < mostParts) {
    const id = numberAt(bytes, at, true);
    const size = id && numberAt(bytes, at + id.length, false);
    if (!id || !size) return undefined;
    const from = at + id.length + size.length;
    if (holders.includes(id.value)) {
      at = from; // what it holds comes next, whatever its size
      if (id.value === ids.simpleTag) named = false;
      continue;
    }
    const end = from + size.value; // an unknown size leads beyond the end
    if (end > bytes.length) return undefined;
    if (id.value === ids.name) named = latin1(bytes.subarray(from, end)).replace(/\0+$/, '') === tagName;
    else if (id.value === ids.text && named) return textOf(bytes.subarray(from, end));
    at = end;
  }
  return undefined;
}

/** A number of variable length; an id keeps the bit that says how long it is. An unknown size is infinite. */
function numberAt(bytes: Uint8Array, at: number, marked: boolean): { value: number; length: number } | undefined {
  const first = bytes[at];
  if (!first) return undefined; // no more bytes, or more than eight of them
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return undefined;
  let value = marked ? first : first & (0xff >> length);
  let ones = value === 0xff >> length;
  for (let i = 1; i < length; i++) {
    value = value * 256 + bytes[at + i];
    ones &&= bytes[at + i] === 0xff;
  }
  return { value: ones && !marked ? Infinity : value, length };
}
