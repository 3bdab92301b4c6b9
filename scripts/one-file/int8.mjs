/**
 * The weights of a model in fp16 as weights in int8: each matrix as whole numbers with one scale a row, everything else as it
 * is. Half as large; `write_safetensors` of training/snowglobe/export.py makes the same numbers but for ties, src/model/safetensors.ts reads them.
 *
 * What it is not: a check. What comes in has been written by this project, and its manifest is made anew.
 */

/** Of a half-precision number's bits. */
function halfOf(bits) {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -24 * fraction);
}

/** bytes: of a model.safetensors. Returns another. */
export function inInt8(bytes) {
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.subarray(8, 8 + length).toString());
  const [entries, parts] = [{}, []];
  let end = 0;
  const add = (name, dtype, shape, data) => {
    entries[name] = { dtype, shape, data_offsets: [end, (end += data.length)] };
    parts.push(data);
  };
  for (const [name, { dtype, shape, data_offsets: range }] of Object.entries(header)) {
    const data = bytes.subarray(8 + length + range[0], 8 + length + range[1]);
    if (dtype !== 'F16' || shape.length !== 2) add(name, dtype, shape, data);
    else {
      const [rows, columns] = shape;
      const [numbers, scales] = [Buffer.alloc(rows * columns), Buffer.alloc(4 * rows)];
      for (let row = 0; row < rows; row++) {
        const values = Array.from({ length: columns }, (_, i) => halfOf(data.readUInt16LE(2 * (row * columns + i))));
        const scale = Math.fround(values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127);
        scales.writeFloatLE(scale, 4 * row);
        values.forEach((value, i) => numbers.writeInt8(Math.round(value / (scale || 1)), row * columns + i));
      }
      add(name, 'I8', shape, numbers);
      add(`${name}.scale`, 'F32', [rows], scales);
    }
  }
  const text = Buffer.from(JSON.stringify(entries));
  const padded = Buffer.concat([text, Buffer.alloc((8 - (text.length % 8)) % 8, ' ')]);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([size, padded, ...parts]);
}
