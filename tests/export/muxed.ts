/** Videos without a picture in them, for tests of what stands around. */
import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from 'mediabunny';
import { withMp4Packet } from '../../src/export/mp4';
import { tagName } from '../../src/export/webm';
import { licence } from '../../src/export/xmp';

/** A video around bytes that are none: of its label only the container counts. */
export async function muxed(format: 'mp4' | 'webm', text: string): Promise<Uint8Array<ArrayBuffer>> {
  const target = new BufferTarget();
  const output = new Output({ target, format: format === 'mp4' ? new Mp4OutputFormat() : new WebMOutputFormat() });
  const source = new EncodedVideoPacketSource('vp8');
  output.addVideoTrack(source);
  if (format === 'webm') output.setMetadataTags({ title: 'a film', raw: { LICENSE: licence, [tagName]: text } });
  await output.start();
  for (let i = 0; i < 40; i++) {
    const data = new Uint8Array(100).fill(i);
    const decoderConfig = { codec: 'vp8', codedWidth: 64, codedHeight: 64 };
    await source.add(new EncodedPacket(data, i % 8 ? 'delta' : 'key', i / 8, 1 / 8), { decoderConfig });
  }
  await output.finalize();
  const bytes = new Uint8Array(target.buffer!);
  return format === 'mp4' ? withMp4Packet(bytes, text) : bytes;
}
