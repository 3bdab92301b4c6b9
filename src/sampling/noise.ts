/**
 * Random numbers by name: (seed, stream, index) always gives the same ones, in any order, on any machine.
 *
 * What it is: the twin of `training/snowglobe/noise.py`, the same numbers to the last bit. The source is Philox4x32-10
 * (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011). What follows uses only + - * / and
 * sqrt in float64, which every machine rounds alike; Math.log and Math.cos do not.
 * What it is not: a secret. Nothing here is for cryptography.
 */

/** The starting noise of a clip; other users take other streams. */
export const clipStream = 0x636c6970;
/** The fresh noise of a stochastic solver: step i takes stirStream + i. */
export const stirStream = 0x73746972;
/** The fresh noise of restarts: the i-th takes restartStream + i. */
export const restartStream = 0x72657374;

/** Four words of 32 bits. Key = (seed, stream), counter = index; seed and stream 0 .. 2^32 - 1, index 0 .. 2^53 - 1. */
export function bits(seed: number, stream: number, index: number): [number, number, number, number] {
  const words = new Uint32Array(4);
  philox(seed, stream, index, words);
  return [words[0], words[1], words[2], words[3]];
}

/** `count` numbers in [0, 1), 53 random bits each: two from every index. */
export function uniforms(seed: number, stream: number, count: number): Float64Array<ArrayBuffer> {
  const result = new Float64Array(count);
  const words = new Uint32Array(4);
  for (let i = 0; i < count; i++) {
    const at = 2 * (i % 2);
    if (at === 0) philox(seed, stream, i / 2, words);
    result[i] = ((words[at] >>> 5) * 67108864 + (words[at + 1] >>> 6)) / 9007199254740992;
  }
  return result;
}

/** `count` numbers with mean 0 and variance 1: four from every index, by Box and Muller (1958). */
export function normals(seed: number, stream: number, count: number): Float32Array<ArrayBuffer> {
  const result = new Float32Array(count);
  const words = new Uint32Array(4);
  for (let i = 0; i < count; i += 2) {
    if (i % 4 === 0) philox(seed, stream, i / 4, words);
    const radius = Math.sqrt(-2 * logUniform(words[i % 4]));
    const [cos, sin] = turn(words[(i % 4) + 1]);
    result[i] = radius * cos;
    if (i + 1 < count) result[i + 1] = radius * sin;
  }
  return result;
}

function philox(seed: number, stream: number, index: number, words: Uint32Array): void {
  let [a, b, c, d] = [index >>> 0, (index / 4294967296) >>> 0, 0, 0];
  let [key0, key1] = [seed >>> 0, stream >>> 0];
  for (let round = 0; round < 10; round++) {
    const [p, q] = [multiplyHigh(0xd2511f53, a), multiplyHigh(0xcd9e8d57, c)];
    const [pLow, qLow] = [Math.imul(0xd2511f53, a), Math.imul(0xcd9e8d57, c)];
    [a, b, c, d] = [q ^ b ^ key0, qLow, p ^ d ^ key1, pLow];
    key0 = (key0 + 0x9e3779b9) | 0;
    key1 = (key1 + 0xbb67ae85) | 0;
  }
  words[0] = a;
  words[1] = b;
  words[2] = c;
  words[3] = d;
}

/** The upper 32 of the 64 bits of a * b, by halves of 16 bits: no product may pass 2^53. */
function multiplyHigh(a: number, b: number): number {
  const [a1, a0, b1, b0] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = a1 * b0 + ((a0 * b0) >>> 16); // < 2^32
  const carry = (middle & 0xffff) + a0 * b1; // < 2^32
  return (a1 * b1 + (middle >>> 16) + (carry >>> 16)) | 0;
}

/** ln((word + 1/2) / 2^32): u = m 2^e with m near 1, and ln m = 2 artanh((m - 1) / (m + 1)) as a series. */
function logUniform(word: number): number {
  let e = 32 - Math.clz32(word);
  let m = (word + 0.5) / 2 ** e; // in [1/2, 1)
  if (m < 0.7071067811865476) [m, e] = [2 * m, e - 1]; // in [0.71, 1.41)
  const s = (m - 1) / (m + 1);
  let series = 0;
  for (let k = 21; k > 0; k -= 2) series = series * (s * s) + 1 / k;
  return 2 * s * series + (e - 32) * 0.6931471805599453;
}

/** cos and sin of word / 2^32 of a full turn: nearest quarter turn, then the Taylor series of what is left. */
function turn(word: number): [number, number] {
  const quarter = Math.floor((word + 0x20000000) / 0x40000000); // 0 .. 4
  const x = 6.283185307179586 * ((word - quarter * 0x40000000) / 4294967296); // -pi/4 .. pi/4
  let [c, s] = [1, 1];
  for (let n = 18; n > 0; n -= 2) {
    c = 1 - ((x * x) / (n * (n - 1))) * c;
    s = 1 - ((x * x) / (n * (n + 1))) * s;
  }
  s *= x;
  return quarter % 2 === 0 ? (quarter === 2 ? [-c, -s] : [c, s]) : quarter === 1 ? [-s, c] : [s, -c];
}
