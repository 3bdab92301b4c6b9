/**
 * What a network looked like inside, in one step of a recorded run: a small file beside the recording, for whoever has no
 * network to ask.
 *
 *     7 bytes  "SNOWSEE"
 *     1 byte   version
 *     4 bytes  length of the header, little-endian
 *     header   JSON
 *     body     zlib stream: block by block the rows, the lengths, and every so many frames of the guess
 *
 * What is left out: single heads (rows are means over them), and seven frames in eight of each guess. A row is kept as square
 * roots, in 21 steps up to its largest, and adds up to 1 again when it is read: a share is off by at most 6 % of the largest in
 * its row.
 * What it is not: part of a recording. It names the one that it belongs to by a number made of all its bytes.
 */
import type { ClipShape } from '../sampling/types';
import { RecordingError } from './errors';
import { needed, through, unpack } from './file';

export interface SummaryBlock {
  readonly block: number; // from 0
  readonly rows: Float32Array; // how much each patch reads from each key, mean over heads: (N, L + N)
  readonly lengths: Float32Array; // of each token on its way: (4, N), see src/model/probe.ts
  readonly guess: Float32Array; // 3 x frames x height x width; out of a file every so many frames are the same
}

export interface Summary {
  readonly recording: number; // `fingerprint` of the file
  readonly model: string;
  readonly step: number; // of the run, from 0
  readonly shape: ClipShape;
  readonly grid: readonly [time: number, rows: number, columns: number];
  readonly depth: number;
  readonly heads: number;
  readonly places: number; // L
  readonly dim: number;
  readonly hidden: number;
  readonly channels: number;
  readonly blocks: readonly SummaryBlock[];
}

const magic = 'SNOWSEE';
const prefix = magic.length + 1 + 4;
const version = 1;
/** Steps from no share to the largest of a row. */
const levels = 21;
/** Of how many frames of a guess one is kept. */
const everyFrames = 8;
/** Bytes that a file may unpack to: twenty times what mini's do. */
const largest = 8e6;
const longestHeader = 65536;

/** A number made of all bytes of a file (FNV-1a, 32 bits): which one it was, not who made it. */
export function fingerprint(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

interface Scales {
  readonly block: number;
  readonly longest: number; // of the lengths
  readonly low: number; // of the guess
  readonly high: number;
}

export async function packSummary(summary: Summary): Promise<Uint8Array<ArrayBuffer>> {
  const { blocks, ...about } = summary;
  const size = sizesOf(about);
  const body = new Uint8Array(blocks.length * size.all);
  const scales = blocks.map(({ block, rows, lengths, guess }, i): Scales => {
    const at = i * size.all;
    for (let row = 0; row < size.patches; row++) {
      const shares = rows.subarray(row * size.keys, (row + 1) * size.keys);
      const most = shares.reduce((a, b) => Math.max(a, b), 1e-12);
      shares.forEach((share, key) => (body[at + row * size.keys + key] = Math.round(levels * Math.sqrt(share / most))));
    }
    const longest = lengths.reduce((a, b) => Math.max(a, b), 1e-12);
    lengths.forEach((length, j) => {
      const level = Math.round((65535 * length) / longest);
      body.set([level & 255, level >> 8], at + size.rows + 2 * j);
    });
    const kept = thinned(guess, about.shape);
    const [low, high] = [kept.reduce((a, b) => Math.min(a, b)), kept.reduce((a, b) => Math.max(a, b))];
    let last = 0;
    kept.forEach((value, j) => {
      const level = Math.round((255 * (value - low)) / (high - low || 1));
      body[at + size.rows + size.lengths + j] = level - last; // neighbours differ little, which is what zlib is good at
      last = level;
    });
    return { block, longest, low, high };
  });
  const header = new TextEncoder().encode(JSON.stringify({ ...about, scales }));
  const packed = await through(body, new (needed('CompressionStream'))('deflate'), Infinity);
  const file = new Uint8Array(prefix + header.length + packed.length);
  file.set(new TextEncoder().encode(magic));
  file[magic.length] = version;
  new DataView(file.buffer).setUint32(magic.length + 1, header.length, true);
  file.set(header, prefix);
  file.set(packed, prefix + header.length);
  return file;
}

/** Throws RecordingError, and nothing else, whatever the bytes; UnsupportedError in an old browser. */
export async function unpackSummary(file: Uint8Array): Promise<Summary> {
  const { scales, ...about } = headerOf(file);
  const size = sizesOf(about);
  const length = new DataView(file.buffer, file.byteOffset).getUint32(magic.length + 1, true);
  need(scales.length * size.all <= largest, 'claims to be larger than any that this page reads');
  const body = await unpack(file.subarray(prefix + length), scales.length * size.all);
  const blocks = scales.map(({ block, longest, low, high }, i): SummaryBlock => {
    const from = body.subarray(i * size.all, (i + 1) * size.all);
    const rows = Float32Array.from(from.subarray(0, size.rows), (level) => level * level);
    for (let row = 0; row < size.patches; row++) {
      const own = rows.subarray(row * size.keys, (row + 1) * size.keys);
      const sum = own.reduce((a, b) => a + b, 0);
      need(sum > 0, 'holds a row of nothing');
      own.forEach((share, key) => (own[key] = share / sum));
    }
    const lengths = Float32Array.from({ length: size.lengths / 2 }, (_, j) => {
      const at = size.rows + 2 * j;
      return ((from[at] + 256 * from[at + 1]) * longest) / 65535;
    });
    let last = 0;
    const kept = Float32Array.from(from.subarray(size.rows + size.lengths), (change) => {
      last = (last + change) & 255;
      return low + (last * (high - low)) / 255;
    });
    return { block, rows, lengths, guess: filled(kept, about.shape) };
  });
  return { ...about, blocks };
}

type About = Omit<Summary, 'blocks'>;

function sizesOf({ grid, places, shape: { frames, height, width } }: About) {
  const patches = grid[0] * grid[1] * grid[2];
  const keys = places + patches;
  const [rows, lengths, guess] = [
    patches * keys,
    2 * 4 * patches,
    3 * Math.ceil(frames / everyFrames) * height * width,
  ];
  return { patches, keys, rows, lengths, all: rows + lengths + guess };
}

function thinned(clip: Float32Array, { frames, height, width }: ClipShape): Float32Array {
  const area = height * width;
  const kept = Array.from({ length: 3 * frames }, (_, i) => i).filter((i) => (i % frames) % everyFrames === 0);
  const out = new Float32Array(kept.length * area);
  kept.forEach((i, to) => out.set(clip.subarray(i * area, (i + 1) * area), to * area));
  return out;
}

function filled(kept: Float32Array, { frames, height, width }: ClipShape): Float32Array {
  const [area, each] = [height * width, Math.ceil(frames / everyFrames)];
  const out = new Float32Array(3 * frames * area);
  for (let i = 0; i < 3 * frames; i++) {
    const from = Math.floor(i / frames) * each + Math.floor((i % frames) / everyFrames);
    out.set(kept.subarray(from * area, (from + 1) * area), i * area);
  }
  return out;
}

function need(condition: boolean, problem: string): asserts condition {
  if (!condition) throw new RecordingError(`the look inside ${problem}`);
}

/** All that a header claims, checked: sizes are set aside before the body is read. */
function headerOf(file: Uint8Array): About & { readonly scales: readonly Scales[] } {
  need(file.length >= prefix, 'is cut off');
  need(new TextDecoder().decode(file.subarray(0, magic.length)) === magic, 'is none');
  need(file[magic.length] === version, 'is of another version');
  const length = new DataView(file.buffer, file.byteOffset).getUint32(magic.length + 1, true);
  need(length <= longestHeader && file.length >= prefix + length, 'is cut off');
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file.subarray(prefix, prefix + length)));
  } catch {
    need(false, 'has a header that cannot be read');
  }
  const all = (header ?? {}) as Record<string, unknown>;
  const whole = (value: unknown, most: number, least = 1): value is number =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
  const { recording, model, step, shape, grid, depth, heads, places, dim, hidden, channels, scales } = all;
  need(whole(recording, 2 ** 32 - 1, 0) && whole(step, 100, 0), 'does not say of which step of which run it is');
  need(typeof model === 'string' && model.length <= 100, 'does not say of which model it is');
  const { frames, height, width } = (shape ?? {}) as Record<string, unknown>;
  need(whole(frames, 256) && whole(height, 512) && whole(width, 512), 'has a clip of an odd shape');
  need(
    Array.isArray(grid) && grid.length === 3 && grid.every((side) => whole(side, 256)),
    'has an odd grid of patches',
  );
  need(
    [frames, height, width].every((side, i) => side % (grid as number[])[i] === 0),
    'has patches that are not whole',
  );
  need(
    [depth, heads, places, channels].every((each) => whole(each, 256)),
    'is of an odd network',
  );
  need(
    [dim, hidden].every((each) => whole(each, 65536)),
    'is of an odd network',
  );
  need(Array.isArray(scales) && whole(scales.length, depth as number), 'has an odd number of blocks');
  const finite = (value: unknown) => typeof value === 'number' && Math.abs(value) < 1e6;
  const blocks = scales.map((each: unknown) => {
    const { block, longest, low, high } = (each ?? {}) as Record<string, unknown>;
    need(whole(block, (depth as number) - 1, 0) && [longest, low, high].every(finite), 'has a block that is none');
    return { block, longest, low, high } as Scales;
  });
  const clip = { frames, height, width };
  const about = { recording, model, step, shape: clip, grid, depth, heads, places, dim, hidden, channels };
  return { ...(about as unknown as About), scales: blocks }; // each was checked above
}
