/**
 * Writes an ONNX file (opset 17): as much of the format as a transformer needs, so that the bench runs from npm alone.
 *
 * What it is not: it knows no network (onnx.ts does), and reads nothing. Source of the field numbers: onnx.proto3.
 */
type Attribute = number | readonly number[]; // whole numbers alone: axes, permutations

/** A value of the graph, and its shape, which every operation here can tell. */
export interface Value {
  readonly name: string;
  readonly shape: readonly number[];
}

const [float, int64] = [1, 7]; // TensorProto.DataType
const opset = 17; // the last one in which ReduceMean has its axes as an attribute

export class OnnxFile {
  private readonly nodes: Uint8Array[] = [];
  private readonly constants: Uint8Array[] = [];
  private readonly inputs: Uint8Array[] = [];
  private count = 0;

  input(name: string, shape: readonly number[]): Value {
    this.inputs.push(valueInfo(name, shape));
    return { name, shape };
  }

  constant(data: Float32Array, shape: readonly number[]): Value {
    return this.store(float, new Uint8Array(data.buffer, data.byteOffset, data.byteLength), shape);
  }

  /** Whole numbers, such as the shape that Reshape takes. */
  indices(values: readonly number[]): Value {
    const data = BigInt64Array.from(values, BigInt);
    return this.store(int64, new Uint8Array(data.buffer), [values.length]);
  }

  /** One operation with one result for each of `shapes`. */
  node(
    type: string,
    inputs: readonly Value[],
    shapes: readonly (readonly number[])[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Value[] {
    const outputs = shapes.map((shape) => ({ name: `v${this.count++}`, shape }));
    this.nodes.push(
      message(
        ...inputs.map(({ name }) => text(1, name)),
        ...outputs.map(({ name }) => text(2, name)),
        text(4, type),
        ...Object.entries(attributes).map(([name, value]) => bytes(5, attribute(name, value))),
      ),
    );
    return outputs;
  }

  /** The file, with `output` as its one result. */
  finish(output: Value): Uint8Array {
    const graph = message(
      ...this.nodes.map((node) => bytes(1, node)),
      text(2, 'snowglobe'),
      ...this.constants.map((constant) => bytes(5, constant)),
      ...this.inputs.map((input) => bytes(11, input)),
      bytes(12, valueInfo(output.name, output.shape)),
    );
    return message(integer(1, 8), bytes(7, graph), bytes(8, message(text(1, ''), integer(2, opset)))); // 8: ir_version
  }

  private store(type: number, data: Uint8Array, shape: readonly number[]): Value {
    const name = `c${this.count++}`;
    this.constants.push(message(...shape.map((n) => integer(1, n)), integer(2, type), text(8, name), bytes(9, data)));
    return { name, shape };
  }
}

function attribute(name: string, value: Attribute): Uint8Array {
  const [type, fields] = typeof value === 'number' ? [2, [integer(3, value)]] : [7, value.map((n) => integer(8, n))];
  return message(text(1, name), ...fields, integer(20, type)); // AttributeProto.AttributeType: INT or INTS
}

function valueInfo(name: string, shape: readonly number[]): Uint8Array {
  const dimensions = message(...shape.map((n) => bytes(1, message(integer(1, n)))));
  const tensor = message(integer(1, float), bytes(2, dimensions));
  return message(text(1, name), bytes(2, message(bytes(1, tensor))));
}

// Protocol buffers: a key (field number, kind) before each value; seven bits a byte, lowest first; negatives in 64 bits.

function varint(value: number): Uint8Array {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  return Uint8Array.from([...out, Number(rest)]);
}

const integer = (field: number, value: number) => message(varint(field << 3), varint(value));
const bytes = (field: number, value: Uint8Array) => message(varint((field << 3) | 2), varint(value.length), value);
const text = (field: number, value: string) => bytes(field, new TextEncoder().encode(value));

function message(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
