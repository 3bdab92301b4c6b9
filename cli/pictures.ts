/** A clip as a GIF, a run as a sheet in PNG: bytes for a file. */
import gifenc from 'gifenc';
import { PNG } from 'pngjs';
import type { ClipShape, Step } from '../src/sampling/types';

const framesPerSecond = 8;
const clipScale = 8; // screen pixels to a clip pixel, nearest neighbour: what the model drew, and nothing smoother
const sheetScale = 2;
const gap = 2;

/** One frame of a clip (3 x frames x height x width, -1 .. 1), red, green, blue, alpha, enlarged `scale` times. */
function frameOf(clip: Float32Array, { frames, height, width }: ClipShape, frame: number, scale: number): Uint8Array {
  const pixels = new Uint8Array(height * width * scale * scale * 4).fill(255);
  for (let y = 0; y < height * scale; y++)
    for (let x = 0; x < width * scale; x++)
      for (let c = 0; c < 3; c++) {
        const value = clip[((c * frames + frame) * height + Math.floor(y / scale)) * width + Math.floor(x / scale)];
        pixels[(y * width * scale + x) * 4 + c] = Math.min(255, Math.max(0, Math.round((value + 1) * 127.5)));
      }
  return pixels;
}

/** The clip as a GIF that loops for ever. */
export function gif(clip: Float32Array, shape: ClipShape): Uint8Array {
  const { GIFEncoder, quantize, applyPalette } = gifenc;
  const encoder = GIFEncoder();
  for (let frame = 0; frame < shape.frames; frame++) {
    const pixels = frameOf(clip, shape, frame, clipScale);
    const palette = quantize(pixels, 256);
    const delay = 1000 / framesPerSecond;
    encoder.writeFrame(applyPalette(pixels, palette), shape.width * clipScale, shape.height * clipScale, {
      palette,
      delay,
    });
  }
  encoder.finish();
  return encoder.bytes();
}

/** What the model believed: frames across, denoising steps down. */
export function sheet(steps: readonly Step[], shape: ClipShape): Buffer {
  const [cellHeight, cellWidth] = [shape.height * sheetScale + gap, shape.width * sheetScale + gap];
  const png = new PNG({ width: shape.frames * cellWidth + gap, height: steps.length * cellHeight + gap });
  for (let i = 3; i < png.data.length; i += 4) png.data[i] = 255; // black between the cells
  steps.forEach(({ guess }, row) => {
    for (let frame = 0; frame < shape.frames; frame++) {
      const pixels = frameOf(guess, shape, frame, sheetScale);
      const line = shape.width * sheetScale * 4;
      for (let y = 0; y < shape.height * sheetScale; y++) {
        const at = ((gap + row * cellHeight + y) * png.width + gap + frame * cellWidth) * 4;
        png.data.set(pixels.subarray(y * line, (y + 1) * line), at);
      }
    }
  });
  return PNG.sync.write(png);
}
