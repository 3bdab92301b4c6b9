/** Good bytes, text and JSON, changed at random: what a stranger, a bad line or a bad disk makes of them. */
import fc from 'fast-check';

/** Cases of each kind: `FUZZ=100000 npx vitest run --project node tests/fuzz` tries more. */
export const cases = Number(globalThis.process?.env.FUZZ ?? 1000); // a browser has no environment

type Change<T> = (good: T) => T;

/** Single bytes, a piece cut off, left out, doubled or put in. */
export const byteChanges: fc.Arbitrary<Change<Uint8Array>> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.tuple(fc.constant('set'), fc.nat(), fc.nat(255)) },
      fc.tuple(fc.constantFrom('cut', 'leave out', 'double', 'put in'), fc.nat(), fc.nat(40)),
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
      else if (what === 'double') bytes = joined(bytes.subarray(0, at + value), bytes.subarray(at));
      else bytes = joined(bytes.subarray(0, at), new Uint8Array(value).fill(value), bytes.subarray(at));
    }
    return bytes;
  });

const oddCharacters = fc.constantFrom(...'&=#%+*._-\0\n\u200b\u202e\ud800☃é٣;<>"\'\\', '%E2%80%8B', '&amp;', '=3D', '__proto__', '1e999', '9'.repeat(400)); // prettier-ignore

/** The same with the characters of a text; what is put in is rare, or has a meaning in some language of machines. */
export const textChanges: fc.Arbitrary<Change<string>> = fc
  .array(fc.tuple(fc.nat(4), fc.nat(), fc.nat(20), fc.oneof(oddCharacters, fc.string({ unit: 'binary' }))), {
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
      else text = before + put + after;
    }
    return text;
  });

const oddNumbers = [-1, -0, 0, 0.5, 1, 2, 16, 100, 101, 1024, 4096, 65536, 2 ** 31, 2 ** 32, 2 ** 53, 1e308, -1e308];
const oddValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...oddNumbers),
  fc.constantFrom<unknown>(null, true, '', '0', 'x'.repeat(5000), '__proto__', 'toString', [], {}, [[]], [null]),
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
