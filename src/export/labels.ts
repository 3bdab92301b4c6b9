/** What kind of file it is, by its first bytes and not by its name, and the packet in it. One entry a container. */
import { gifPacket, isGif } from './gif';
import { isMp4, mp4Packet } from './mp4';
import { isPng, pngPacket } from './png';
import type { Format } from './recipe';
import { isWebm, webmPacket } from './webm';
import { readPacket, type Said } from './xmp';

const containers: Readonly<Record<Format, readonly [is: (bytes: Uint8Array) => boolean, packet: (bytes: Uint8Array) => string | undefined]>> = {
  png: [isPng, pngPacket],
  gif: [isGif, gifPacket],
  mp4: [isMp4, mp4Packet],
  webm: [isWebm, webmPacket],
}; // prettier-ignore

/** Undefined where it is none of those that are written here. */
export function formatOf(bytes: Uint8Array): Format | undefined {
  return (Object.keys(containers) as Format[]).find((format) => containers[format][0](bytes));
}

/** What the file says of itself. Never throws: a file that is damaged says nothing. */
export function labelOf(bytes: Uint8Array, format: Format): Said {
  return readPacket(containers[format][1](bytes) ?? '');
}
