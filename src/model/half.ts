/**
 * Weights in half precision, as the graph keeps them on every adapter: half the memory and half the reads. The files
 * hold fp16 anyway, so nothing is lost; what fp32 can say and fp16 cannot is rounded to the nearest.
 */
import { GraphError } from './errors';
import type { StoredTensor } from './safetensors';

/** fp32 to fp16 (IEEE 754), to the nearest, ties to even. Throws GraphError where a number is too large. */
export function toHalf(values: Float32Array): Uint16Array<ArrayBuffer> {
  const result = new Uint16Array(values.length);
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < values.length; i++) {
    const sign = (bits[i] >>> 16) & 0x8000;
    const size = Math.abs(values[i]);
    if (size < 2 ** -14) {
      result[i] = sign | roundEven(size * 2 ** 24); // zero and subnormal numbers: whole multiples of 2^-24
      continue;
    }
    const whole = bits[i] & 0x7fffffff;
    const rounded = whole + 0xfff + ((whole >>> 13) & 1); // may carry into the exponent, as it should
    const half = (rounded >>> 13) - (112 << 10);
    if (!(half < 0x7c00)) throw new GraphError('a weight is too large for half precision');
    result[i] = sign | half;
  }
  return result;
}

function roundEven(x: number): number {
  const low = Math.floor(x);
  const rest = x - low;
  return rest > 0.5 || (rest === 0.5 && low % 2 === 1) ? low + 1 : low;
}

/**
 * A matrix as PyTorch keeps it, (out, in) -> (in, out) in fp16. With `interleaved`, column j of the first half and
 * column j of the second become columns 2j and 2j + 1: gate and value of a SwiGLU side by side.
 */
export function packed(
  data: Float32Array,
  [out, inner]: readonly number[],
  interleaved = false,
): Uint16Array<ArrayBuffer> {
  const turned = new Float32Array(data.length);
  for (let j = 0; j < out; j++) {
    const source = interleaved ? (j % 2) * (out / 2) + (j >> 1) : j;
    for (let i = 0; i < inner; i++) turned[i * out + j] = data[source * inner + i];
  }
  return toHalf(turned);
}

/**
 * A convolution as PyTorch keeps it, (out, in, height, width) -> (out, taps, channels): the channels of a tap together, zeros
 * behind where there are more than `in`. order: of its outputs, where they are wanted in another.
 */
export function gathered(
  { data, shape: [out, inner, size] }: StoredTensor,
  channels: number,
  order?: readonly number[],
): Float32Array {
  const taps = size * size;
  const result = new Float32Array(out * taps * channels);
  for (let j = 0; j < out; j++)
    for (let c = 0; c < inner; c++)
      for (let tap = 0; tap < taps; tap++)
        result[(j * taps + tap) * channels + c] = data[((order?.[j] ?? j) * inner + c) * taps + tap];
  return result;
}
