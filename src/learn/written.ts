/**
 * Writes safetensors (https://huggingface.co/docs/safetensors): the other side of model/safetensors.ts, for what learns here.
 *
 * What it is not: it knows no model and no training.
 */
import { toHalf } from '../model/half';
import type { StoredTensor } from '../model/safetensors';

/** A tensor as it is to lie in the file. */
export interface Written {
  readonly dtype: 'F16' | 'I8';
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

export const inHalf = ({ shape, data }: StoredTensor): Written => ({
  dtype: 'F16',
  shape,
  bytes: new Uint8Array(toHalf(data).buffer),
});

/** A matrix in whole numbers of 8 bits and one scale a row, as training/snowglobe/export.py writes it. */
export function inBytes({ shape, data }: StoredTensor): { readonly matrix: Written; readonly scale: Written } {
  const [rows, columns] = shape;
  const scales = new Float32Array(rows);
  const whole = new Int8Array(data.length);
  for (let row = 0; row < rows; row++) {
    const values = data.subarray(row * columns, (row + 1) * columns);
    const most = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    scales[row] = most / 127;
    if (most > 0) values.forEach((value, i) => (whole[row * columns + i] = Math.round(value / scales[row])));
  }
  return {
    matrix: { dtype: 'I8', shape, bytes: new Uint8Array(whole.buffer) },
    scale: inHalf({ shape: [rows], data: scales }),
  };
}

/** A whole file. metadata: free text by key. */
export function written(
  tensors: Iterable<readonly [name: string, tensor: Written]>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const all = [...tensors];
  let end = 0;
  const header = all.map(([name, { dtype, shape, bytes }]) => {
    const start = end;
    end += bytes.length;
    return [name, { dtype, shape, data_offsets: [start, end] }] as const;
  });
  const text = new TextEncoder().encode(JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(header) }));
  const length = 8 * Math.ceil(text.length / 8); // the data begins at a multiple of 8 bytes
  const file = new Uint8Array(8 + length + end).fill(0x20, 8, 8 + length);
  new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
  file.set(text, 8);
  let at = 8 + length;
  for (const [, { bytes }] of all) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}
