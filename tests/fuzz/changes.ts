/** Good bytes, text and JSON, changed at random: what a stranger, a bad line or a bad disk makes of them. */
import fc from 'fast-check';
import { character } from '../characters';

/** Of each kind in `npm test`. */
export const cases = 1000;

export type Change<T> = (good: T) => T;

/** Lengths and sizes that a header may claim, as four bytes or eight. */
const claims = [0, 1, 255, 65_535, 65_536, 2 ** 20, 2 ** 24, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

/** Single bytes, a claim, a piece cut off, left out, doubled, put in, or there a thousand times. */
export const byteChanges: fc.Arbitrary<Change<Uint8Array>> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.tuple(fc.constant('set'), fc.nat(), fc.nat(255)) },
      fc.tuple(fc.constantFrom('cut', 'leave out', 'double', 'put in'), fc.nat(), fc.nat(40)),
      fc.tuple(fc.constantFrom('claim'), fc.nat(), fc.nat(2 * claims.length - 1)),
      fc.tuple(fc.constantFrom('many'), fc.nat(), fc.nat(8)),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((edits) => (good) => {
    let bytes: Uint8Array = good.slice();
    for (const [what, where, value] of edits) {
      const at = bytes.length === 0 ? 0 : where % bytes.length;
      if (what === 'set') bytes[at] = value;
      else if (what === 'cut') bytes = bytes.slice(0, at);
      else if (what === 'leave out') bytes = joined(bytes.subarray(0, at), bytes.subarray(at + value));
      else if (what === 'claim') claim(bytes, at, value);
      else if (what === 'many')
        bytes = joined(bytes.subarray(0, at), ...Array<Uint8Array>(1000).fill(bytes.subarray(at, at + value)), bytes.subarray(at)); // prettier-ignore
      else if (what === 'double') bytes = joined(bytes.subarray(0, at + value), bytes.subarray(at));
      else bytes = joined(bytes.subarray(0, at), new Uint8Array(value).fill(value), bytes.subarray(at));
    }
    return bytes;
  });

function claim(bytes: Uint8Array, at: number, which: number): void {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [number, wide] = [claims[which >> 1], which % 2 === 1];
  if (at + (wide ? 8 : 4) > bytes.length) return;
  data.setUint32(at, number, true);
  if (wide) data.setUint32(at + 4, number === 0 ? 2 ** 32 - 1 : 0, true);
}

const oddCharacters = fc.constantFrom(...'&=#%+*._-\0\n\u200b\u202e\ud800☃é٣;<>"\'\\', '%E2%80%8B', '&amp;', '=3D', '[', '{"a":', '](', '__proto__', '1e999', '9'.repeat(400)); // prettier-ignore

/**
 * The same with the characters of a text; what is put in is rare, or has a meaning in some language of machines. What is
 * there thousands of times makes a reader slow that looks for an end from every beginning.
 */
export const textChanges: fc.Arbitrary<Change<string>> = fc
  .array(fc.tuple(fc.nat(5), fc.nat(), fc.nat(20), fc.oneof(oddCharacters, fc.string({ unit: character }))), {
    minLength: 1,
    maxLength: 6,
  })
  .map((edits) => (good) => {
    let text = good;
    for (const [what, where, length, put] of edits) {
      const at = where % (text.length + 1);
      const [before, after] = [text.slice(0, at), text.slice(at)];
      if (what === 0) text = before;
      else if (what === 1) text = before + after.slice(length);
      else if (what === 2) text = before + after.slice(0, length) + after;
      else if (what === 3 && text.length < 20_000)
        text = before + many(length < 10 ? put : after.slice(0, length), where) + after;
      else text = before + put + after;
    }
    return text;
  });

const many = (piece: string, count: number) =>
  piece.repeat(1 + (count % Math.max(1, Math.min(4000, 50_000 / (piece.length + 1)))));

const oddNumbers = [-1, -0, 0, 0.5, 1, 2, 16, 100, 101, 1024, 4096, 65536, 2 ** 31, 2 ** 32, 2 ** 53, 1e308, -1e308];

/** Arrays in arrays, as deep as no reader that calls itself can follow. */
function deep(levels: number): unknown {
  let value: unknown = [];
  for (let i = 0; i < levels; i++) value = i % 2 ? [value] : { a: value };
  return value;
}

const oddValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...oddNumbers),
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    '0',
    'x'.repeat(5000),
    '__proto__',
    'toString',
    [],
    {},
    [[]],
    [null],
    deep(100),
    Array(2000).fill(0),
  ),
  fc.jsonValue(),
);

/** One to four values, anywhere in it, replaced, left out or joined by another. */
export const jsonChanges: fc.Arbitrary<Change<unknown>> = fc
  .array(fc.tuple(fc.array(fc.nat(), { maxLength: 5 }), fc.constantFrom('set', 'drop', 'add'), oddValues), {
    minLength: 1,
    maxLength: 4,
  })
  .map((edits) => (good) => {
    let all = structuredClone(good);
    for (const [path, what, odd] of edits) {
      const value = structuredClone(odd);
      let place = all;
      for (const step of path.slice(1)) {
        const next = isHolder(place) ? Object.values(place)[step % (Object.keys(place).length || 1)] : undefined;
        if (!isHolder(next)) break;
        place = next;
      }
      if (!isHolder(place) || path.length === 0) all = value;
      else if (what === 'add') place['added'] = value;
      else {
        const key = Object.keys(place)[path[0] % (Object.keys(place).length || 1)];
        if (key !== undefined && what === 'drop') delete place[key];
        else if (key !== undefined) place[key] = value;
      }
    }
    return all;
  });

function isHolder(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
