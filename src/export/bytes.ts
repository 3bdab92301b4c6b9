/** What the readers and writers of containers share: bytes put together, numbers and texts in them, and their one error. */

/** A file that cannot be read as what it begins like. `cause` is a sentence. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
  override readonly cause: string;
  readonly next = 'Choose a file as it was saved here.';

  constructor(cause: string) {
    super(cause);
    this.cause = cause;
  }
}

export function joined(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** UTF-8 to text; what is none becomes a replacement character. */
export const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

/** Bytes as they stand, one character each. */
export const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

/** Four bytes, the highest first. */
export const big = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

/** The number that big() wrote at a place; NaN where the bytes end before. */
export function readBig(bytes: Uint8Array, at: number): number {
  if (at < 0 || at + 4 > bytes.length) return NaN;
  return bytes[at] * 2 ** 24 + ((bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]);
}

/** Whether these characters stand at a place. */
export const hasText = (bytes: Uint8Array, at: number, text: string): boolean =>
  at >= 0 && latin1(bytes.subarray(at, at + text.length)) === text;

/** No container of ours has as many parts; whoever claims more is not read to the end. */
export const mostParts = 100_000;
