/**
 * Reads the safetensors format (https://huggingface.co/docs/safetensors): an 8-byte header length, a JSON header that
 * gives each tensor's type, shape and place, then the data.
 *
 * A file is a stranger's bytes until every check here has passed: whatever is wrong ends in a WeightsError, never in
 * another exception, an endless loop or a tensor over somebody else's memory.
 */
import { WeightsError } from './errors';

export interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

const bytesOf: Readonly<Record<string, number>> = { F16: 2, F32: 4, I8: 1 };
const scaleOf = (name: string): string => `${name}.scale`; // of a matrix in I8: its scales, one a row
const largestHeader = 1 << 20;

/**
 * All tensors of a file, as float32. They must lie in order, without gap or overlap, and fill the file to its end. A
 * matrix in I8 holds whole numbers, and its value is their product with the scale of their row (training/snowglobe/export.py).
 */
export function parseSafetensors(bytes: Uint8Array, file: string): Map<string, StoredTensor> {
  const fail = (problem: string): never => {
    throw new WeightsError(file, problem);
  };
  if (bytes.length < 8) fail('is cut off before its header');
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (length > largestHeader) fail('is no safetensors file: its header would be longer than 1 MiB');
  if (8 + length > bytes.length) fail('is cut off within its header');
  const header = parseHeader(bytes.subarray(8, 8 + length)) ?? fail('has a header that is not a JSON object');
  const data = bytes.subarray(8 + length);

  const tensors = new Map<string, StoredTensor>();
  const whole: string[] = []; // names of those in I8
  let end = 0; // of the tensors so far, in bytes of data
  for (const [name, start, stop, dtype, shape] of entries(header, fail)) {
    if (start !== end) fail(`is altered: ${name} does not begin where the tensor before it ends`);
    if (stop - start !== shape.reduce((a, b) => a * b, 1) * bytesOf[dtype])
      fail(`is altered: the size of ${name} does not fit its shape`);
    if (stop > data.length) fail(`is cut off within ${name}`);
    // A copy, because the data need not begin at a multiple of the number's size.
    const { buffer } = new Uint8Array(data.subarray(start, stop));
    const values = numbersOf(buffer, dtype);
    if (!values.every(Number.isFinite)) fail(`is altered: ${name} holds numbers that are not finite`);
    tensors.set(name, { shape, data: values });
    if (dtype === 'I8') whole.push(name);
    end = stop;
  }
  if (end !== data.length) fail('is altered: there is data after its last tensor');
  for (const name of whole) {
    const [matrix, scale] = [tensors.get(name), tensors.get(scaleOf(name))];
    if (!matrix || !scale || matrix.shape.length !== 2 || scale.shape.join() !== String(matrix.shape[0]))
      return fail(`is altered: ${name} is in I8 and has not one scale for each of its rows`);
    const [rows, columns] = matrix.shape;
    for (let row = 0; row < rows; row++)
      for (let i = row * columns; i < (row + 1) * columns; i++) matrix.data[i] *= scale.data[row];
    if (!matrix.data.every(Number.isFinite)) fail(`is altered: ${name} holds numbers that are not finite`);
    tensors.delete(scaleOf(name));
  }
  return tensors;
}

/** What a file says about itself, free text by key: of a file that `parseSafetensors` has read. */
export function metadataOf(bytes: Uint8Array): ReadonlyMap<string, string> {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  const { __metadata__: said } = parseHeader(bytes.subarray(8, 8 + length)) as { __metadata__?: unknown };
  const pairs = typeof said === 'object' && said !== null ? Object.entries(said) : [];
  return new Map(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}

function parseHeader(bytes: Uint8Array): object | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

type Entry = [name: string, start: number, stop: number, dtype: string, shape: readonly number[]];

/** The header's entries, each of the right form, by their place in the data. */
function entries(header: object, fail: (problem: string) => never): Entry[] {
  const found: Entry[] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue; // free text, which nothing here reads
    const { dtype, shape, data_offsets } = (entry ?? {}) as Record<string, unknown>;
    if (typeof dtype !== 'string' || !Object.hasOwn(bytesOf, dtype))
      fail(`holds ${name} in a type other than F16, F32 and I8`);
    if (!isSizes(shape) || !isSizes(data_offsets) || data_offsets.length !== 2)
      fail(`has a header that says nonsense about ${name}`);
    const [start, stop] = data_offsets as number[];
    found.push([name, start, stop, dtype as string, shape as number[]]);
  }
  return found.sort((a, b) => a[1] - b[1] || a[2] - b[2]);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function numbersOf(buffer: ArrayBuffer, dtype: string): Float32Array {
  if (dtype === 'F16') return float16(new Uint16Array(buffer));
  return dtype === 'I8' ? Float32Array.from(new Int8Array(buffer)) : new Float32Array(buffer);
}

/** IEEE half precision to single: the same numbers, more bits. */
function float16(halves: Uint16Array): Float32Array {
  const values = new Float32Array(halves.length);
  const bits = new Uint32Array(values.buffer);
  for (let i = 0; i < halves.length; i++) {
    const sign = (halves[i] & 0x8000) << 16;
    const exponent = (halves[i] >> 10) & 0x1f;
    const fraction = halves[i] & 0x3ff;
    if (exponent === 0)
      values[i] = fraction * 2 ** -24 * (sign ? -1 : 1); // zero and subnormal numbers
    else bits[i] = sign | ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13);
  }
  return values;
}

/** Exactly the tensors that the network has, each of its shape: no more, no fewer, no other. */
export function checkTensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  expected: ReadonlyMap<string, readonly number[]>,
  file: string,
): void {
  const foreign = [...tensors.keys()].find((name) => !expected.has(name));
  if (foreign !== undefined) throw new WeightsError(file, `holds ${foreign}, which this network does not have`);
  for (const [name, shape] of expected) {
    const found = tensors.get(name)?.shape;
    if (!found) throw new WeightsError(file, `lacks ${name}`);
    if (found.join() !== shape.join()) {
      throw new WeightsError(
        file,
        `holds ${name} as ${found.join(' x ')}, and config.json asks for ${shape.join(' x ')}`,
      );
    }
  }
}
