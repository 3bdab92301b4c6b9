/**
 * MP4 (ISO 14496-12), its boxes alone: the packet stands in a box of its own at the end, by the number that XMP has for it, so
 * that no address in the file changes. What is in the boxes is video.ts's, and mediabunny's.
 */
import { big, hasText, joined, latin1, mostParts, readBig, textOf, utf8 } from './bytes';
import { longestPacket } from './xmp';

/** BE7ACFCB-97A9-42E8-9C71-999491E3AFAC */
const uuid = [0xbe, 0x7a, 0xcf, 0xcb, 0x97, 0xa9, 0x42, 0xe8, 0x9c, 0x71, 0x99, 0x94, 0x91, 0xe3, 0xaf, 0xac];

export const isMp4 = (bytes: Uint8Array): boolean => hasText(bytes, 4, 'ftyp');

export function withMp4Packet(bytes: Uint8Array, packet: string): Uint8Array<ArrayBuffer> {
  const text = utf8(packet);
  return joined(bytes, big(8 + uuid.length + text.length), utf8('uuid'), uuid, text);
}

/** Undefined where there is none. */
export function mp4Packet(bytes: Uint8Array): string | undefined {
  let at = 0;
  for (let count = 0; count < mostParts && at + 8 <= bytes.length; count++) {
    let [size, head] = [readBig(bytes, at), 8];
    if (size === 1) [size, head] = [readBig(bytes, at + 8) * 2 ** 32 + readBig(bytes, at + 12), 16];
    else if (size === 0) size = bytes.length - at;
    if (Number.isNaN(size) || size < head || at + size > bytes.length) return undefined;
    const from = at + head + uuid.length;
    const isOurs = latin1(bytes.subarray(at + 4, at + 8)) === 'uuid' && uuid.every((byte, i) => bytes[at + head + i] === byte); // prettier-ignore
    if (isOurs && from <= at + size) return textOf(bytes.subarray(from, Math.min(at + size, from + longestPacket)));
    at += size;
  }
  return undefined;
}
