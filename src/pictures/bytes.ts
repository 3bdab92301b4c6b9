/** Numbers and names in a file's bytes. Whatever lies beyond the end is the error `cut`: the file is not whole. */
import { PictureError, type Kind } from './types';

export class Bytes {
  private readonly view: DataView;

  constructor(
    readonly data: Uint8Array,
    private readonly kind: Kind,
  ) {
    this.view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  }

  get length(): number {
    return this.data.length;
  }

  u8(at: number): number {
    return this.view.getUint8(this.within(at, 1));
  }
  /** Big-endian, as PNG, JPEG and AVIF have it. */
  u16(at: number): number {
    return this.view.getUint16(this.within(at, 2));
  }
  u32(at: number): number {
    return this.view.getUint32(this.within(at, 4));
  }
  /** Little-endian, as GIF, WebP and BMP have it. */
  little16(at: number): number {
    return this.view.getUint16(this.within(at, 2), true);
  }
  little24(at: number): number {
    return this.little16(at) + 65536 * this.u8(at + 2);
  }
  little32(at: number): number {
    return this.view.getUint32(this.within(at, 4), true);
  }
  /** With a sign. */
  littleInt32(at: number): number {
    return this.view.getInt32(this.within(at, 4), true);
  }

  /** Four characters. */
  name(at: number): string {
    return textAt(this.data, this.within(at, 4), 4);
  }

  fail(reason: 'cut' | 'damaged'): never {
    throw new PictureError(reason, { kind: this.kind });
  }

  private within(at: number, count: number): number {
    return at + count <= this.length ? at : this.fail('cut');
  }
}

/** Bytes as characters, as far as there are any. */
export function textAt(data: Uint8Array, at: number, count: number): string {
  return String.fromCharCode(...data.subarray(at, at + count));
}
